"""The page that shows trainings live: what `callback_remote_monitor()` posts, drawn as it comes."""

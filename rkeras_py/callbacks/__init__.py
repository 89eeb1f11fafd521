"""The callbacks of R keras 2.2: one file each, named as Keras names it, and what several of them share."""

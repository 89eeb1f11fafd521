"""`k_...`: the backend functions under their R names, on `keras.ops`.

`declaring.py` has the decorator of them all, `arguments.py` what their arguments may be, `tracing.py` what is to be
known of compiled graphs. The functions stand by subject, each with its help. What Keras 2 computed otherwise than
`keras.ops` stands at the function in a line.
"""

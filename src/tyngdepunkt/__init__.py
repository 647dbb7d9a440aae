"""
Regional centres of gravity, blocks of municipalities around them, and the proof of how good the plan is.

study : a study on disk: load, check, save, new
analysis : everything that is computed, from a study to an `Analysis`
report, web, cli : the faces
"""

__version__ = "0.1.0"

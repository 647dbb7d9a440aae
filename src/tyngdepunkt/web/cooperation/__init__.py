"""
The workbench's pages on cooperation and services.

ledger : the register that the pages read and write
guard : who may send a form, and who says that they sent it
frame : what every page here has around it
overview : the cooperation of a year, measured, as tables, network and matrix
listing : the list of the register
arrangement : one arrangement, and changing it
history : who changed what, and undoing it
forms : the fields of these, read and offered
imports : a spreadsheet seen first and then taken in, and the register as a file
assessing : how near a group is to long-term strategic cooperation
legal : which legal form carries what
services : capacity, hosting, sharing
"""

from tyngdepunkt.web.cooperation.ledger import Ledger
from tyngdepunkt.web.cooperation.routes import make_cooperation

__all__ = ["Ledger", "make_cooperation"]

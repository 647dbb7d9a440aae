"""
The workbench: one page on which a reader moves the number of centres, and the JSON that the page uses.

app : the application, put together
server : the application on a port
view : what the reader looks at, as a link says it
desk : long work in the background, each question answered once
scene : a view with its answer, as the templates read it
sheets : every table of the page, for HTML and CSV alike
trace : where each number comes from
pages, api : the routes
chrome : headers, errors and assets
"""

from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.server import serve

__all__ = ["create_app", "serve"]

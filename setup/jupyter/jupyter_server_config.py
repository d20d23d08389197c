# Loaded by the JupyterLab that `npm start` runs (JUPYTER_CONFIG_PATH); the person's own Jupyter never sees it.
import logging
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from nodelay_connection import NoDelayConnection  # noqa: E402

c = get_config()  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = NoDelayConnection
c.MultiKernelManager.default_kernel_name = "notebooster"
c.LabApp.news_url = None
# Our extension is prebuilt: each page would ask whether JupyterLab is to be built anew, which asks yarn, for a second.
c.ServerApp.tornado_settings = {"page_config_data": {"buildAvailable": False, "buildCheck": False}}
c.LabApp.check_for_updates_class = "jupyterlab.handlers.announcements.NeverCheckForUpdate"

# Warnings and errors only; the address is printed by setup/start.mjs, in one line.
c.ServerApp.log_level = logging.WARNING
c.LabApp.log_level = logging.WARNING
logging.getLogger("ServerApp").addFilter(lambda record: "To access the server" not in record.getMessage())

# jupyter_server gives tornado its default timeout of three intervals, of which tornado says, per connection, that it takes
# one. No shorter ws_ping_timeout: at one interval the server closes every WebSocket before its first ping.
logging.getLogger("tornado.general").addFilter(lambda record: "websocket_ping_timeout" not in record.getMessage())

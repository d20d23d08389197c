"""The kernel WebSocket with Nagle's algorithm off.

jupyter_server leaves it on, and together with delayed acknowledgements a small reply then takes 44 ms instead of 2.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelayConnection(ZMQChannelsWebsocketConnection):
    async def connect(self):
        self.websocket_handler.set_nodelay(True)
        return await super().connect()

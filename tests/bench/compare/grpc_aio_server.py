"""GetUser through a grpc.aio server: grpc_aio_server.py PORT."""
import asyncio
import sys

import grpc
import users_pb2
import users_pb2_grpc
import uvloop


class Service(users_pb2_grpc.UserServiceServicer):
    def __init__(self):
        self.users = {
            f"u{i}": users_pb2.User(id=f"u{i}", name="Ada Lovelace", email=f"ada.{i}@example.com",
                                    age=20 + i % 60, created_at=1700000000 + i)
            for i in range(1000)
        }

    async def GetUser(self, request, context):
        user = self.users.get(request.user_id)
        if user is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"no user {request.user_id}")
        return user


async def main():
    server = grpc.aio.server()
    users_pb2_grpc.add_UserServiceServicer_to_server(Service(), server)
    server.add_insecure_port(f"127.0.0.1:{sys.argv[1]}")
    await server.start()
    await server.wait_for_termination()


uvloop.install()
asyncio.run(main())

"""FastAPI in front of a gRPC server, as REST glue is written by hand: BACKEND=host:port uvicorn fastapi_server:app."""
import os

import grpc
import users_pb2
import users_pb2_grpc
from fastapi import FastAPI
from pydantic import BaseModel


class User(BaseModel):
    id: str
    name: str
    email: str
    age: int
    createdAt: str


app = FastAPI()


@app.on_event("startup")
async def connect():
    app.stub = users_pb2_grpc.UserServiceStub(grpc.aio.insecure_channel(os.environ["BACKEND"]))


@app.get("/v1/users/{user_id}", response_model=User)
async def get_user(user_id: str):
    user = await app.stub.GetUser(users_pb2.GetUserRequest(user_id=user_id))
    return User(id=user.id, name=user.name, email=user.email, age=user.age, createdAt=str(user.created_at))

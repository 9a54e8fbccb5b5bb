// grpc-gateway in front of a gRPC server: gateway LISTEN BACKEND.
package main

import (
	"context"
	"net/http"
	"os"

	"github.com/grpc-ecosystem/grpc-gateway/runtime"
	"google.golang.org/grpc"
	"users"
)

func main() {
	mux := runtime.NewServeMux()
	options := []grpc.DialOption{grpc.WithInsecure()}
	err := users.RegisterUserServiceHandlerFromEndpoint(context.Background(), mux, os.Args[2], options)
	if err != nil {
		panic(err)
	}
	panic(http.ListenAndServe(os.Args[1], mux))
}

// An ordinary gRPC service, as many exist: it knows nothing of REST or protorest.
#pragma once

#include <grpcpp/grpcpp.h>

#include <mutex>
#include <string>
#include <vector>

#include "notes.grpc.pb.h"

class NoteService final : public notes::v1::NoteService::Service {
 public:
  grpc::Status GetNote(grpc::ServerContext* context, const notes::v1::GetNoteRequest* request,
                       notes::v1::Note* response) override;
  grpc::Status FindNotes(grpc::ServerContext* context, const notes::v1::FindNotesRequest* request,
                         grpc::ServerWriter<notes::v1::Note>* writer) override;
  grpc::Status AddNotes(grpc::ServerContext* context, grpc::ServerReader<notes::v1::Note>* reader,
                        notes::v1::AddNotesResponse* response) override;
  grpc::Status LookUpNotes(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<notes::v1::Note, notes::v1::GetNoteRequest>* stream) override;

 private:
  grpc::Status Find(int id, notes::v1::Note& note);

  std::mutex mutex_;
  std::vector<std::string> texts_;  // the note with id n is texts_[n - 1]
};

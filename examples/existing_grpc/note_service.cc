// The gRPC service's code: nothing in it was changed for REST.
#include "note_service.h"

using notes::v1::AddNotesResponse;
using notes::v1::FindNotesRequest;
using notes::v1::GetNoteRequest;
using notes::v1::Note;

grpc::Status NoteService::GetNote(grpc::ServerContext*, const GetNoteRequest* request,
                                  Note* response) {
  return Find(request->id(), *response);
}

grpc::Status NoteService::FindNotes(grpc::ServerContext*, const FindNotesRequest* request,
                                    grpc::ServerWriter<Note>* writer) {
  std::vector<Note> found;
  {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      if (texts_[i].find(request->contains()) == std::string::npos) continue;
      Note& note = found.emplace_back();
      note.set_id(static_cast<int>(i) + 1);
      note.set_text(texts_[i]);
    }
  }
  for (const Note& note : found) {
    if (!writer->Write(note)) break;
  }
  return grpc::Status::OK;
}

grpc::Status NoteService::AddNotes(grpc::ServerContext*, grpc::ServerReader<Note>* reader,
                                   AddNotesResponse* response) {
  Note note;
  while (reader->Read(&note)) {
    if (note.text().empty()) {
      return {grpc::StatusCode::INVALID_ARGUMENT, "a note needs a text"};
    }
    const std::lock_guard lock(mutex_);
    texts_.push_back(note.text());
    response->add_ids(static_cast<int>(texts_.size()));
  }
  return grpc::Status::OK;
}

grpc::Status NoteService::LookUpNotes(grpc::ServerContext*,
                                      grpc::ServerReaderWriter<Note, GetNoteRequest>* stream) {
  GetNoteRequest request;
  while (stream->Read(&request)) {
    Note note;
    if (grpc::Status status = Find(request.id(), note); !status.ok()) return status;
    if (!stream->Write(note)) break;
  }
  return grpc::Status::OK;
}

grpc::Status NoteService::Find(int id, Note& note) {
  const std::lock_guard lock(mutex_);
  if (id < 1 || static_cast<std::size_t>(id) > texts_.size()) {
    return {grpc::StatusCode::NOT_FOUND, "no note has the id " + std::to_string(id)};
  }
  note.set_id(id);
  note.set_text(texts_[static_cast<std::size_t>(id) - 1]);
  return grpc::Status::OK;
}

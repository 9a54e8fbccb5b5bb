// The options for OpenAPI of a declaration: protorest's own, gnostic's, grpc-gateway's and
// google's.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "plugin/model/annotation.h"
#include "plugin/model/annotation_words.h"
#include "plugin/model/option_json.h"

namespace protorest::plugin {

class AnnotationReader {
 public:
  // `pool` holds the request; `labels` are those of google.api.visibility that documents show.
  AnnotationReader(const google::protobuf::DescriptorPool& pool, std::vector<std::string> labels)
      : options_(pool), labels_(std::move(labels)) {}

  // What `options` say, protorest's before gnostic's before grpc-gateway's before google's; null
  // where they say nothing. `type` is that of the JSON of a field, message or enum: an option that
  // says so again is no news. `locate(number)` tells where the option of that number stands.
  template <class Locate>
  std::shared_ptr<const Annotation> Read(Annotated kind, const google::protobuf::Message& options,
                                         Locate locate, const std::string& type = "") {
    auto annotation = std::make_shared<Annotation>();
    int number = 0;
    if (!Read(kind, options, type, *annotation, &number)) return nullptr;
    annotation->location = locate(number);
    return annotation;
  }

 private:
  // False where there is no option; `number` is that of the first.
  bool Read(Annotated kind, const google::protobuf::Message& options, const std::string& type,
            Annotation& annotation, int* number);

  OptionReader options_;
  std::vector<std::string> labels_;
};

}  // namespace protorest::plugin

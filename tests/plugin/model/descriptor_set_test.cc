// Reading the older version: whole sets, sets that are none, and what the errors say.
#include "plugin/model/descriptor_set.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/plugin/support.h"

namespace protorest::plugin::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kBook[] =
    "syntax = \"proto3\";\npackage lib;\nimport \"google/api/annotations.proto\";\n"
    "message Book { string id = 1; }\n"
    "service Books {\n  rpc Get(Book) returns (Book) {\n"
    "    option (google.api.http) = {get: \"/v1/{id}\"};\n  }\n}\n";

// The set that protoc would write of book.proto.
google::protobuf::FileDescriptorSet BookSet(bool imports, bool positions) {
  Protos protos(Texts{{"book.proto", kBook}});
  google::protobuf::FileDescriptorSet set;
  const auto add = [&](const auto& self, const google::protobuf::FileDescriptor& file) -> void {
    for (int i = 0; imports && i < file.dependency_count(); ++i) self(self, *file.dependency(i));
    file.CopyTo(set.add_file());
    if (positions) file.CopySourceCodeInfoTo(set.mutable_file(set.file_size() - 1));
  };
  add(add, *protos.Files({"book.proto"})[0]);
  return set;
}

// A file of the test's own.
std::string Write(const std::string& bytes) {
  const std::string path =
      testing::TempDir() + testing::UnitTest::GetInstance()->current_test_info()->name();
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

Api Read(const std::string& path, Diagnostics* diagnostics) {
  return ReadDescriptorSet(path, {}, {}, *diagnostics);
}

const File& FindFile(const Api& api, const std::string& path) {
  for (const auto& file : api.files) {
    if (file->path == path) return *file;
  }
  throw std::runtime_error("no file " + path);
}

TEST(DescriptorSet, BecomesAModelWithResolvedBindings) {
  Diagnostics diagnostics;
  const Api api = Read(Write(BookSet(true, true).SerializeAsString()), &diagnostics);
  ASSERT_THAT(diagnostics.errors(), ElementsAre());
  const Method& get = FindFile(api, "book.proto").services[0].methods[0];
  EXPECT_EQ(get.location.line, 6);
  EXPECT_EQ(get.bindings[0].variables[0].fields[0], &get.request->fields[0]);
}

TEST(DescriptorSet, NeedsNoPositions) {
  Diagnostics diagnostics;
  const Api api = Read(Write(BookSet(true, false).SerializeAsString()), &diagnostics);
  EXPECT_TRUE(diagnostics.ok());
  EXPECT_EQ(ToText(FindFile(api, "book.proto").services[0].location), "book.proto");
}

// buf's images add a field of their own to each file, and need not be in protoc's order.
TEST(DescriptorSet, MayBeAnImageOfBuf) {
  google::protobuf::FileDescriptorSet set = BookSet(true, true);
  set.mutable_file()->SwapElements(0, set.file_size() - 1);
  for (auto& file : *set.mutable_file()) {
    file.GetReflection()->MutableUnknownFields(&file)->AddLengthDelimited(8042, "\x08\x01");
  }
  Diagnostics diagnostics;
  const Api api = Read(Write(set.SerializeAsString()), &diagnostics);
  EXPECT_THAT(diagnostics.errors(), ElementsAre());
  EXPECT_EQ(FindFile(api, "book.proto").services.size(), 1U);
}

TEST(DescriptorSet, MissingFile) {
  Diagnostics diagnostics;
  Read("no/such.binpb", &diagnostics);
  EXPECT_THAT(
      diagnostics.errors(),
      ElementsAre("--rest_opt: breaking_against=no/such.binpb cannot be read (No such file or "
                  "directory; relative paths start where protoc is run); make one with protoc "
                  "--descriptor_set_out=no/such.binpb --include_imports --include_source_info, or "
                  "buf build -o no/such.binpb"));
}

TEST(DescriptorSet, Folder) {
  Diagnostics diagnostics;
  Read(".", &diagnostics);
  EXPECT_THAT(diagnostics.errors(),
              ElementsAre(testing::HasSubstr("breaking_against=. cannot be read (Is a directory")));
}

TEST(DescriptorSet, FilesThatAreNone) {
  for (const std::string& bytes :
       {std::string(), std::string(kBook), std::string("{\"file\":[]}"), std::string("\x08\x01", 2),
        std::string("\x0a\x00", 2), BookSet(true, true).file(0).SerializeAsString()}) {
    Diagnostics diagnostics;
    Read(Write(bytes), &diagnostics);
    EXPECT_THAT(diagnostics.errors(),
                ElementsAre(AllOf(HasSubstr("is no google.protobuf.FileDescriptorSet in binary"),
                                  HasSubstr("; make one with protoc"))))
        << bytes.substr(0, 20);
  }
}

TEST(DescriptorSet, WithoutImports) {
  Diagnostics diagnostics;
  Read(Write(BookSet(false, true).SerializeAsString()), &diagnostics);
  EXPECT_THAT(diagnostics.errors(),
              ElementsAre(AllOf(HasSubstr("is not whole (book.proto: google/api/annotations.proto: "
                                          "Import \"google/api/annotations.proto\" was not found"),
                                HasSubstr("--include_imports"))));
}

}  // namespace
}  // namespace protorest::plugin::test

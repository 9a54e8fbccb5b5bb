// Services, methods, routes; what requests may hold.
#include "tests/plugin/breaking/changes.h"

namespace protorest::plugin::test {
namespace {

// One method of a service, with messages to bind.
#define METHOD(signature, options)                                                               \
  "message M { string id = 1; string name = 2; M inner = 3; repeated M list = 4; } message N {}" \
  "service S { rpc " signature " { " options " } }"
#define HTTP(rule) METHOD("Get(M) returns (M)", "option (google.api.http) = {" rule "};")

constexpr Change kServiceChanges[] = {
    // Nothing breaks.
    {"nothing", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v1/{id}\""), ""},
    {"method added", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "} rpc B(M) returns (M) {"), ""},
    {"service added", "message M {}", "message M {} service S { rpc A(M) returns (M); }", ""},
    {"binding added", HTTP("get: \"/v1/{id}\""),
     HTTP("get: \"/v1/{id}\" additional_bindings {get: \"/v2/{id}\"}"), ""},
    {"old route becomes an additional one", HTTP("get: \"/v1/{id}\""),
     HTTP("get: \"/v2/{id}\" additional_bindings {get: \"/v1/{id}\"}"), ""},
    {"any verb takes the old one in", HTTP("get: \"/v1/{id}\""),
     HTTP("custom {kind: \"*\" path: \"/v1/{id}\"}"), ""},
    {"wildcard written out", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v1/{id=*}\""), ""},
    {"rule for what an unbound method was served as", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "option (google.api.http) = {post: \"/test.S/A\" body: \"*\"};"),
     ""},
    {"success_status: 200 written out", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "option (protorest.method).success_status = 200;"), ""},
    {"lenient added", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "option (protorest.method).lenient = true;"), ""},
    {"method deprecated", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "option deprecated = true;"), ""},

    // Services and methods.
    {"service removed", METHOD("A(M) returns (M)", ""),
     "message M { string id = 1; string name = 2; M inner = 3; repeated M list = 4; } message N {}",
     "service_removed"},
    {"method removed", METHOD("A(M) returns (M)", "} rpc B(M) returns (M) {"),
     METHOD("A(M) returns (M)", ""), "method_removed"},
    {"method renamed", METHOD("A(M) returns (M)", ""), METHOD("B(M) returns (M)", ""),
     "method_removed"},
    {"request changed", METHOD("A(M) returns (M)", ""), METHOD("A(N) returns (M)", ""),
     "method_request_changed"},
    {"response changed", METHOD("A(M) returns (M)", ""), METHOD("A(M) returns (N)", ""),
     "method_response_changed"},
    {"streams requests", METHOD("A(M) returns (M)", ""), METHOD("A(stream M) returns (M)", ""),
     "method_streaming_changed"},
    {"streams responses no more", METHOD("A(M) returns (stream M)", ""),
     METHOD("A(M) returns (M)", ""), "method_streaming_changed"},

    // Routes.
    {"path", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v2/{id}\""), "http_path_changed"},
    {"verb", HTTP("get: \"/v1/{id}\""), HTTP("delete: \"/v1/{id}\""), "http_verb_changed"},
    {"verb and path", HTTP("get: \"/v1/{id}\""), HTTP("delete: \"/v2/{id}\""),
     "http_binding_removed"},
    {"custom verb of the path", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v1/{id}:read\""),
     "http_path_changed"},
    {"wildcard", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v1/{id=**}\""), "http_path_changed"},
    {"additional binding removed",
     HTTP("get: \"/v1/{id}\" additional_bindings {get: \"/v2/{id}\"}"), HTTP("get: \"/v1/{id}\""),
     "http_binding_removed"},
    {"first binding removed", HTTP("get: \"/v1/{id}\" additional_bindings {get: \"/v2/{id}\"}"),
     HTTP("get: \"/v2/{id}\""), "http_binding_removed"},
    {"unbound method gets a rule", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "option (google.api.http) = {post: \"/v1\" body: \"*\"};"),
     "http_path_changed"},
    {"body added", HTTP("post: \"/v1\""), HTTP("post: \"/v1\" body: \"*\""), "http_body_changed"},
    {"body of one field", HTTP("post: \"/v1\" body: \"*\""), HTTP("post: \"/v1\" body: \"inner\""),
     "http_body_changed"},
    {"body of another field", HTTP("post: \"/v1\" body: \"inner\""),
     HTTP("post: \"/v1\" body: \"name\""), "http_body_changed"},
    {"response_body", HTTP("get: \"/v1\""), HTTP("get: \"/v1\" response_body: \"list\""),
     "http_response_body_changed"},
    {"path bound to another field", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v1/{name}\""),
     "path_variable_changed"},
    {"path bound to no field", HTTP("get: \"/v1/{id}/x\""), HTTP("get: \"/v1/*/x\""),
     "path_variable_changed"},
    {"path bound to a field within", HTTP("get: \"/v1/{id}\""), HTTP("get: \"/v1/{inner.id}\""),
     "path_variable_changed"},
    {"query parameter renamed",
     "message M { string q = 1; } service S { rpc A(M) returns (M) { option (google.api.http) = "
     "{get: \"/v1\"}; } }",
     "message M { string query = 1; } service S { rpc A(M) returns (M) { option (google.api.http) "
     "= {get: \"/v1\"}; } }",
     "field_name_changed"},
    {"path variable's field renamed",
     "message M { string id = 1; } service S { rpc A(M) returns (M) { option (google.api.http) = "
     "{get: \"/v1/{id}\"}; } }",
     "message M { string key = 1; } service S { rpc A(M) returns (M) { option (google.api.http) = "
     "{get: \"/v1/{key}\"}; } }",
     "field_name_changed"},
    {"success_status", METHOD("A(M) returns (M)", ""),
     METHOD("A(M) returns (M)", "option (protorest.method).success_status = 201;"),
     "success_status_changed"},
    {"success_status removed",
     METHOD("A(M) returns (M)", "option (protorest.method).success_status = 201;"),
     METHOD("A(M) returns (M)", ""), "success_status_changed"},
    {"lenient removed", METHOD("A(M) returns (M)", "option (protorest.method).lenient = true;"),
     METHOD("A(M) returns (M)", ""), "lenient_removed"},
};

// A request, and a response that nobody sends.
#define REQUEST(fields)                                                              \
  "service S { rpc A(M) returns (R); } message R {} enum E { Z = 0; A = 1; B = 2; }" \
  "message M { " fields " }"
#define RESPONSE(fields) "service S { rpc A(R) returns (M); } message R {} message M { " fields " }"
#define STRING(rules) REQUEST("string a = 1 [(buf.validate.field).string = {" rules "}];")
#define INT32(rules) REQUEST("int32 a = 1 [(buf.validate.field).int32 = {" rules "}];")

constexpr Change kValidationChanges[] = {
    // field_behavior.
    {"REQUIRED added", REQUEST("string a = 1;"),
     REQUEST("string a = 1 [(google.api.field_behavior) = REQUIRED];"), "field_became_required"},
    {"REQUIRED added with OUTPUT_ONLY", REQUEST("string a = 1;"),
     REQUEST("string a = 1 [(google.api.field_behavior) = REQUIRED,"
             " (google.api.field_behavior) = OUTPUT_ONLY];"),
     ""},
    {"REQUIRED removed", REQUEST("string a = 1 [(google.api.field_behavior) = REQUIRED];"),
     REQUEST("string a = 1;"), ""},
    {"REQUIRED added to a response", RESPONSE("string a = 1;"),
     RESPONSE("string a = 1 [(google.api.field_behavior) = REQUIRED];"), ""},
    {"required field added", REQUEST(""),
     REQUEST("string a = 1 [(google.api.field_behavior) = REQUIRED];"), "field_became_required"},
    {"required field added to a response", RESPONSE(""),
     RESPONSE("string a = 1 [(google.api.field_behavior) = REQUIRED];"), ""},
    {"required added to what a request holds",
     "service S { rpc A(M) returns (R); } message R {} message M { N n = 1; }"
     "message N { string a = 1; }",
     "service S { rpc A(M) returns (R); } message R {} message M { N n = 1; }"
     "message N { string a = 1 [(google.api.field_behavior) = REQUIRED]; }",
     "field_became_required"},

    // Rules that are as they were, or take more.
    {"the same rules", STRING("min_len: 1 max_len: 9 in: [\"x\", \"y\"]"),
     STRING("in: [\"x\", \"y\"] max_len: 9 min_len: 1"), ""},
    {"rules removed", STRING("min_len: 1 max_len: 9 pattern: \"a\" email: true"),
     REQUEST("string a = 1;"), ""},
    {"lengths widened", STRING("min_len: 2 max_len: 9"), STRING("min_len: 1 max_len: 10"), ""},
    {"min_len: 0 added", REQUEST("string a = 1;"), STRING("min_len: 0"), ""},
    {"in grows, not_in shrinks", INT32("in: [1, 2] not_in: [3, 4]"),
     INT32("in: [3, 2, 1] not_in: 3"), ""},
    {"gte: 1 as gt: 0", INT32("gte: 1 lte: 9"), INT32("gt: 0 lt: 10"), ""},
    {"examples", INT32("gte: 1"), INT32("gte: 1 example: 4"), ""},
    {"all rules ignored", STRING("min_len: 1"),
     REQUEST("string a = 1 [(buf.validate.field) = {string: {min_len: 9} ignore: IGNORE_ALWAYS}];"),
     ""},
    {"rules of a response", RESPONSE("string a = 1;"),
     RESPONSE("string a = 1 [(buf.validate.field).string.max_len = 3];"), ""},
    {"new field with rules that take it unset", REQUEST(""), STRING("max_len: 9"), ""},
    {"new optional field with rules", REQUEST(""),
     REQUEST("optional string a = 1 [(buf.validate.field).string.min_len = 3];"), ""},

    // Rules that take less.
    {"required", REQUEST("string a = 1;"),
     REQUEST("string a = 1 [(buf.validate.field).required = true];"), "field_became_required"},
    {"min_len higher", STRING("min_len: 1"), STRING("min_len: 2"), "validation_narrowed"},
    {"max_len lower", STRING("max_len: 9"), STRING("max_len: 8"), "validation_narrowed"},
    {"max_len added", REQUEST("string a = 1;"), STRING("max_len: 8"), "validation_narrowed"},
    {"len added", STRING("max_len: 8"), STRING("max_len: 8 len: 8"), "validation_narrowed"},
    {"pattern added", REQUEST("string a = 1;"), STRING("pattern: \"a+\""), "validation_narrowed"},
    {"pattern changed", STRING("pattern: \"a*\""), STRING("pattern: \"a+\""),
     "validation_narrowed"},
    {"format added", REQUEST("string a = 1;"), STRING("email: true"), "validation_narrowed"},
    {"in shrinks", STRING("in: [\"x\", \"y\"]"), STRING("in: \"x\""), "validation_narrowed"},
    {"in added", INT32(""), INT32("in: [1]"), "validation_narrowed"},
    {"not_in grows", INT32("not_in: 1"), INT32("not_in: [1, 2]"), "validation_narrowed"},
    {"const changed", INT32("const: 1"), INT32("const: 2"), "validation_narrowed"},
    {"lower bound", INT32("gte: 1"), INT32("gt: 1"), "validation_narrowed"},
    {"upper bound", INT32("lte: 9"), INT32("lt: 9"), "validation_narrowed"},
    {"bound added", INT32("gte: 1"), INT32("gte: 1 lte: 9"), "validation_narrowed"},
    {"negative bound of zigzag", REQUEST("sint32 a = 1 [(buf.validate.field).sint32.gte = -2];"),
     REQUEST("sint32 a = 1 [(buf.validate.field).sint32.gte = -1];"), "validation_narrowed"},
    {"largest bounds of 64 bits",
     REQUEST("uint64 a = 1 [(buf.validate.field).uint64.lte = 18446744073709551615];"),
     REQUEST("uint64 a = 1 [(buf.validate.field).uint64.lte = 18446744073709551614];"),
     "validation_narrowed"},
    {"bound of a fixed type", REQUEST("sfixed64 a = 1 [(buf.validate.field).sfixed64.lte = -3];"),
     REQUEST("sfixed64 a = 1 [(buf.validate.field).sfixed64.lte = -4];"), "validation_narrowed"},
    {"bound of a double", REQUEST("double a = 1 [(buf.validate.field).double.lte = 0.5];"),
     REQUEST("double a = 1 [(buf.validate.field).double.lte = 0.25];"), "validation_narrowed"},
    {"open bound of a double, which is not the next number",
     REQUEST("double a = 1 [(buf.validate.field).double.gt = 1];"),
     REQUEST("double a = 1 [(buf.validate.field).double.gt = 1.5];"), "validation_narrowed"},
    {"finite", REQUEST("double a = 1;"),
     REQUEST("double a = 1 [(buf.validate.field).double.finite = true];"), "validation_narrowed"},
    {"defined_only", REQUEST("E a = 1;"),
     REQUEST("E a = 1 [(buf.validate.field).enum.defined_only = true];"), "validation_narrowed"},
    {"bool const", REQUEST("bool a = 1;"),
     REQUEST("bool a = 1 [(buf.validate.field).bool.const = false];"), "validation_narrowed"},
    {"bytes", REQUEST("bytes a = 1;"),
     REQUEST("bytes a = 1 [(buf.validate.field).bytes.max_len = 9];"), "validation_narrowed"},
    {"unique", REQUEST("repeated string a = 1;"),
     REQUEST("repeated string a = 1 [(buf.validate.field).repeated.unique = true];"),
     "validation_narrowed"},
    {"min_items", REQUEST("repeated string a = 1 [(buf.validate.field).repeated.min_items = 1];"),
     REQUEST("repeated string a = 1 [(buf.validate.field).repeated.min_items = 2];"),
     "validation_narrowed"},
    {"items", REQUEST("repeated string a = 1;"),
     REQUEST("repeated string a = 1 [(buf.validate.field).repeated.items.string.max_len = 3];"),
     "validation_narrowed"},
    {"keys of a map", REQUEST("map<string, string> a = 1;"),
     REQUEST("map<string, string> a = 1 [(buf.validate.field).map.keys.string.max_len = 3];"),
     "validation_narrowed"},
    {"duration",
     REQUEST("google.protobuf.Duration a = 1 "
             "[(buf.validate.field).duration.lte = {seconds: 2}];"),
     REQUEST("google.protobuf.Duration a = 1 "
             "[(buf.validate.field).duration.lte = {seconds: 1 nanos: 999999999}];"),
     "validation_narrowed"},
    {"timestamp", REQUEST("google.protobuf.Timestamp a = 1;"),
     REQUEST("google.protobuf.Timestamp a = 1 [(buf.validate.field).timestamp.gt_now = true];"),
     "validation_narrowed"},
    {"Any", REQUEST("google.protobuf.Any a = 1 [(buf.validate.field).any = {in: [\"a\", \"b\"]}];"),
     REQUEST("google.protobuf.Any a = 1 [(buf.validate.field).any = {in: [\"a\"]}];"),
     "validation_narrowed"},
    {"expression of a field", REQUEST("string a = 1;"),
     REQUEST("string a = 1 [(buf.validate.field).cel = {id: \"x\" expression: \"this != 'b'\"}];"),
     "validation_narrowed"},
    {"expression of a message", REQUEST("string a = 1;"),
     REQUEST("option (buf.validate.message).cel = {id: \"x\" expression: \"true\"}; string a = 1;"),
     "validation_narrowed"},
    {"oneof of a message", REQUEST("string a = 1; string b = 2;"),
     REQUEST("option (buf.validate.message).oneof = {fields: [\"a\", \"b\"] required: true};"
             "string a = 1; string b = 2;"),
     "validation_narrowed"},
    {"oneof required", REQUEST("oneof o { string a = 1; string b = 2; }"),
     REQUEST(
         "oneof o { option (buf.validate.oneof).required = true; string a = 1; string b = 2; }"),
     "validation_narrowed"},
    {"zero values no longer excepted",
     REQUEST("string a = 1 [(buf.validate.field) = {string: {email: true} ignore: "
             "IGNORE_IF_ZERO_VALUE}];"),
     STRING("email: true"), "validation_narrowed"},
    {"new field with rules that refuse it unset", REQUEST(""), STRING("min_len: 1"),
     "validation_narrowed"},
    {"new field whose bound refuses zero", REQUEST(""), INT32("gt: 0"), "validation_narrowed"},
    {"new field whose format refuses nothing", REQUEST(""), STRING("uuid: true"),
     "validation_narrowed"},
};

}  // namespace

std::span<const Change> ServiceChanges() { return kServiceChanges; }
std::span<const Change> ValidationChanges() { return kValidationChanges; }

}  // namespace protorest::plugin::test

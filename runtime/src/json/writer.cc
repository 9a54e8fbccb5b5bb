// The writer: room, keys, scalars and lists.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "json/any_types.h"
#include "json/base64.h"
#include "json/number.h"
#include "json/path.h"
#include "json/problems.h"
#include "json/search.h"
#include "json/tables.h"
#include "json/utf8_text.h"
#include "protorest/generated/json_writer.h"

namespace protorest::json {
namespace {

// Sets the string's size. What that adds is to be written.
#ifdef __cpp_lib_string_resize_and_overwrite
constexpr bool kFills = false;
void Resize(std::string& text, std::size_t size) {
  text.resize_and_overwrite(size, [](char*, std::size_t all) { return all; });
}
#else
constexpr bool kFills = true;  // with zeros
void Resize(std::string& text, std::size_t size) { text.resize(size); }
#endif

// A string that has room to spare is taken up in steps where that fills it: the zeros should stay
// in the cache until they are written over.
constexpr std::size_t kStep = kFills ? 32768 : std::numeric_limits<std::size_t>::max() / 2;

// With less room than this in the string, a text that fits into the writer goes there first.
constexpr std::size_t kWorthTaking = 64;

constexpr std::size_t kIntegerRoom = detail::kMaxInteger + 2;  // and quotes
constexpr std::size_t kDecimalRoom = detail::kMaxDecimal;

char* Append(std::string_view text, char* p) {
  std::memcpy(p, text.data(), text.size());
  return p + text.size();
}

char* Put(std::int32_t value, bool, char* p) { return detail::WriteSigned(value, p); }
char* Put(std::uint32_t value, bool, char* p) { return detail::WriteUnsigned(value, p); }
char* Put(std::int64_t value, bool as_number, char* p) {
  if (as_number) return detail::WriteSigned(value, p);
  *p = '"';
  p = detail::WriteSigned(value, p + 1);
  *p = '"';
  return p + 1;
}
char* Put(std::uint64_t value, bool as_number, char* p) {
  if (as_number) return detail::WriteUnsigned(value, p);
  *p = '"';
  p = detail::WriteUnsigned(value, p + 1);
  *p = '"';
  return p + 1;
}
char* Put(bool value, bool, char* p) { return Append(value ? "true" : "false", p); }
template <class T>
char* PutDecimal(T value, char* p) {
  if (std::isfinite(value)) [[likely]]
    return detail::WriteDecimal(value, p);
  return Append(std::isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"", p);
}
char* Put(float value, bool, char* p) { return PutDecimal(value, p); }
char* Put(double value, bool, char* p) { return PutDecimal(value, p); }

constexpr std::size_t kScalarRoom = std::max(kIntegerRoom, kDecimalRoom);

}  // namespace

struct Writer::Rare {
  struct Error {
    std::size_t offset;
    std::string description;
  };

  std::vector<Error> errors;
  detail::TableCache tables;
  detail::AnyTypeFinder any_type_finder;
};

void Writer::DeleteRare::operator()(Rare* rare) const { delete rare; }

Writer::Rare& Writer::rare() {
  if (rare_ == nullptr) rare_.reset(new Rare);
  return *rare_;
}

detail::TableCache& Writer::tables() { return rare().tables; }

detail::AnyTypeFinder& Writer::any_type_finder() { return rare().any_type_finder; }

Writer::Writer(std::string& out, const Options& options)
    : out_(out),
      start_(out.size()),
      options_(options),
      longest_uncopied_(options.proto_field_names ? Field::kMaxText : 0) {
  if (kFills || out.capacity() - start_ < kWorthTaking) return;
  Resize(out, out.capacity());
  begin_ = pos_ = out.data() + start_;
  limit_ = out.data() + out.size();
}

void Writer::Grow(std::size_t size) {
  const std::size_t used = Begin();
  const std::size_t needed = start_ + used + size;
  if (needed > out_.capacity() && used + size <= kInline) {
    // It asks for more room than it may fill: the text may yet fit into the string that is there.
    std::memcpy(inline_, begin_, used);
    Resize(out_, start_);
    begin_ = inline_;
    pos_ = inline_ + used;
    limit_ = inline_ + kInline;
    return;
  }
  if (needed > out_.capacity()) out_.reserve(std::max(needed, 2 * out_.capacity()));
  Resize(out_, std::max(needed, std::min(out_.capacity(), start_ + used + kStep)));
  char* const begin = out_.data() + start_;
  if (begin_ == inline_) std::memcpy(begin, inline_, used);
  begin_ = begin;
  pos_ = begin + used;
  limit_ = out_.data() + out_.size();
}

Result Writer::Finish() {
  if (begin_ == inline_ || rare_ != nullptr) [[unlikely]]
    return FinishRare();
  out_.erase(start_ + Begin());
  return Result();
}

Result Writer::FinishRare() {
  if (rare_ != nullptr && !rare_->errors.empty()) return Errors();
  if (begin_ == inline_) {
    out_.append(inline_, Begin());
  } else {
    out_.erase(start_ + Begin());
  }
  return Result();
}

Result Writer::Errors() {
  std::vector<Violation> violations;
  detail::PathFinder paths(std::string_view(begin_, Begin()));
  for (const Rare::Error& error : rare_->errors) {
    violations.push_back(
        {detail::ToOneLine(paths.At(error.offset)), detail::ToOneLine(error.description)});
  }
  out_.resize(start_);
  return Result(std::move(violations));
}

void Writer::Fail(std::string description) {
  Note(std::move(description));
  Raw("null");
}

bool Writer::EnterAny() {
  if (any_levels_ >= options_.max_depth) {
    Fail("nested too deeply: at most " + std::to_string(options_.max_depth) +
         " Anys in each other");
    return false;
  }
  ++any_levels_;
  return true;
}

void Writer::Note(std::string description) {
  auto& errors = rare().errors;
  if (errors.size() < detail::kMaxProblems) errors.push_back({Begin(), std::move(description)});
}

void Writer::End(std::size_t begin) {
  char* p = Reserve(2);
  if (begin == Begin()) {
    *p++ = '{';
  } else {
    begin_[begin] = '{';
  }
  *p++ = '}';
  pos_ = p;
}

// The brace becomes the comma before the first member, as all have one until their object ends.
void Writer::Unwrap(std::size_t begin) {
  --pos_;
  if (Begin() == begin + 1) {
    --pos_;
  } else {
    begin_[begin] = ',';
  }
}

void Writer::EndArray() {
  if (pos_[-1] == ',') --pos_;
  *Reserve(1) = ']';
  ++pos_;
}

void Writer::EndMap() {
  if (pos_[-1] == ',') --pos_;
  *Reserve(1) = '}';
  ++pos_;
}

void Writer::OtherKey(const Field& field) {
  const bool proto = options_.proto_field_names && !field.proto.empty();
  const std::string_view name = proto ? field.proto : field.json;
  char* p = Append(",\"", Reserve(name.size() + 4));
  pos_ = Append("\":", Append(name, p));
}

void Writer::Member(std::string_view name) {
  *Reserve(1) = ',';
  ++pos_;
  Value(name);
  *Reserve(1) = ':';
  ++pos_;
}

void Writer::Raw(std::string_view json) { pos_ = Append(json, Reserve(json.size())); }

template <Scalar T>
[[gnu::noinline]] void Writer::KeyAndValue(const Field& field, T value) {
  Key(field);
  Value(value);
}

template <Scalar T>
void Writer::Explicit(const Field& field, T value) {
  if (!TakesKey(field, kScalarRoom)) [[unlikely]]
    return KeyAndValue(field, value);
  pos_ = Put(value, options_.int64_as_numbers, CopyKey(field));
}

template <Scalar T>
void Writer::Value(T value) {
  pos_ = Put(value, options_.int64_as_numbers, Reserve(kScalarRoom));
}

template <Scalar T>
void Writer::MapKey(T key) {
  char* p = Reserve(kScalarRoom + 3);
  *p = '"';
  p = Put(key, true, p + 1);
  pos_ = Append("\":", p);
}

template <Scalar T>
void Writer::List(const Field& field, const google::protobuf::RepeatedField<T>& values) {
  if (!BeginList(field, values.size())) return;
  for (const T value : values) {
    char* const p = Put(value, options_.int64_as_numbers, Reserve(kScalarRoom + 1));
    *p = ',';
    pos_ = p + 1;
  }
  EndArray();
}

void Writer::List(const Field& field,
                  const google::protobuf::RepeatedPtrField<std::string>& values) {
  if (!BeginList(field, values.size())) return;
  for (const std::string& value : values) {
    Value(value);
    Comma();
  }
  EndArray();
}

void Writer::BytesList(const Field& field,
                       const google::protobuf::RepeatedPtrField<std::string>& values) {
  if (!BeginList(field, values.size())) return;
  for (const std::string& value : values) {
    BytesValue(value);
    Comma();
  }
  EndArray();
}

void Writer::EnumList(const Field& field, const EnumTable& table,
                      const google::protobuf::RepeatedField<int>& values) {
  if (!BeginList(field, values.size())) return;
  for (const int value : values) {
    EnumValue(table, value);
    Comma();
  }
  EndArray();
}

void Writer::NullList(const Field& field, const google::protobuf::RepeatedField<int>& values) {
  if (!BeginList(field, values.size())) return;
  for (int i = 0; i < values.size(); ++i) Raw("null,");
  EndArray();
}

void Writer::ExplicitNull(const Field& field, int value) {
  Key(field);
  NullValue(value);
}

void Writer::ExplicitBytes(const Field& field, std::string_view value) {
  Key(field);
  BytesValue(value);
}
void Writer::BytesValue(std::string_view value) {
  WriteBytes(value, Reserve(detail::Base64Size(value.size()) + 2));
}

void Writer::WriteBytes(std::string_view value, char* p) {
  *p = '"';
  p = detail::EncodeBase64(value, p + 1);
  *p = '"';
  pos_ = p + 1;
}

void Writer::ExplicitEnum(const Field& field, const EnumTable& table, int value) {
  Key(field);
  EnumValue(table, value);
}

void Writer::EnumValue(const EnumTable& table, int value) {
  const std::string_view name =
      options_.enums_as_numbers ? std::string_view() : detail::NameOf(table, value);
  if (name.empty()) return Value(std::int32_t{value});
  char* p = Reserve(name.size() + 2);
  *p = '"';
  p = Append(name, p + 1);
  *p = '"';
  pos_ = p + 1;
}

void Writer::MapKey(const std::string& key) {
  Value(key);
  *Reserve(1) = ':';
  ++pos_;
}

MapOrderBase::MapOrderBase(std::size_t size) {
  if (size > kInline) items_ = new Item[size];
}
MapOrderBase::~MapOrderBase() {
  if (items_ != inline_) delete[] items_;
}
void MapOrderBase::SortByNumber() {
  std::sort(items_, items_ + size_,
            [](const Item& a, const Item& b) { return a.number < b.number; });
}
void MapOrderBase::SortByText() {
  std::sort(items_, items_ + size_, [](const Item& a, const Item& b) { return a.text < b.text; });
}

// What the header only declares.
template void Writer::Explicit(const Field&, std::int32_t);
template void Writer::Explicit(const Field&, std::int64_t);
template void Writer::Explicit(const Field&, std::uint32_t);
template void Writer::Explicit(const Field&, std::uint64_t);
template void Writer::Explicit(const Field&, float);
template void Writer::Explicit(const Field&, double);
template void Writer::Explicit(const Field&, bool);
template void Writer::Value(std::int32_t);
template void Writer::Value(std::int64_t);
template void Writer::Value(std::uint32_t);
template void Writer::Value(std::uint64_t);
template void Writer::Value(float);
template void Writer::Value(double);
template void Writer::Value(bool);
template void Writer::MapKey(std::int32_t);
template void Writer::MapKey(std::int64_t);
template void Writer::MapKey(std::uint32_t);
template void Writer::MapKey(std::uint64_t);
template void Writer::MapKey(bool);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<std::int32_t>&);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<std::int64_t>&);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<std::uint32_t>&);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<std::uint64_t>&);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<float>&);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<double>&);
template void Writer::List(const Field&, const google::protobuf::RepeatedField<bool>&);

}  // namespace protorest::json

// Reading with simdjson On-Demand, as its documentation writes it: one pass over the members.
#include <simdjson.h>

#include "json/base64.h"
#include "json/time.h"
#include "peers.h"

namespace protorest::bench {
namespace {

using simdjson::ondemand::object;
using simdjson::ondemand::value;

void Set(std::string* field, value text) { *field = text.get_string().value(); }

int StatusNumber(std::string_view name) {
  Mixed::Status status{};
  return Mixed::Status_Parse(std::string(name), &status) ? status : 0;
}

void Read(object members, User& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "id") {
      Set(message.mutable_id(), member.value());
    } else if (key == "name") {
      Set(message.mutable_name(), member.value());
    } else if (key == "email") {
      Set(message.mutable_email(), member.value());
    } else if (key == "age") {
      message.set_age(static_cast<std::int32_t>(member.value().get_int64().value()));
    } else if (key == "createdAt") {
      message.set_created_at(member.value().get_int64_in_string());
    }
  }
}

void Read(object members, Mixed::Item& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "sku") {
      Set(message.mutable_sku(), member.value());
    } else if (key == "title") {
      Set(message.mutable_title(), member.value());
    } else if (key == "quantity") {
      message.set_quantity(static_cast<std::int32_t>(member.value().get_int64().value()));
    } else if (key == "unitPrice") {
      message.set_unit_price(member.value());
    } else if (key == "gift") {
      message.set_gift(member.value());
    }
  }
}

void Read(object members, Mixed& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "orderId") {
      Set(message.mutable_order_id(), member.value());
    } else if (key == "customer") {
      Read(member.value().get_object(), *message.mutable_customer());
    } else if (key == "status") {
      message.set_status(static_cast<Mixed::Status>(StatusNumber(member.value())));
    } else if (key == "items") {
      for (auto item : member.value().get_array()) Read(item.get_object(), *message.add_items());
    } else if (key == "labels") {
      for (auto label : member.value().get_object()) {
        const std::string_view name = label.unescaped_key();
        Set(&(*message.mutable_labels())[std::string(name)], label.value());
      }
    } else if (key == "placedAt") {
      json::detail::Time time;
      json::detail::ParseTimestamp(member.value(), &time);
      message.mutable_placed_at()->set_seconds(time.seconds);
      message.mutable_placed_at()->set_nanos(time.nanos);
    } else if (key == "weights") {
      for (auto weight : member.value().get_array()) message.add_weights(weight);
    } else if (key == "signature") {
      json::detail::DecodeBase64(member.value(), message.mutable_signature());
    } else if (key == "total") {
      message.set_total(member.value());
    } else if (key == "note") {
      Set(message.mutable_note(), member.value());
    }
  }
}

void Read(object members, Profile::Address& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "street") {
      Set(message.mutable_street(), member.value());
    } else if (key == "suite") {
      Set(message.mutable_suite(), member.value());
    } else if (key == "city") {
      Set(message.mutable_city(), member.value());
    } else if (key == "zipcode") {
      Set(message.mutable_zipcode(), member.value());
    } else if (key == "latitude") {
      message.set_latitude(member.value());
    } else if (key == "longitude") {
      message.set_longitude(member.value());
    }
  }
}

void Read(object members, Profile::Company& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "name") {
      Set(message.mutable_name(), member.value());
    } else if (key == "catchPhrase") {
      Set(message.mutable_catch_phrase(), member.value());
    } else if (key == "business") {
      Set(message.mutable_business(), member.value());
    }
  }
}

void Read(object members, Profile& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "user") {
      Read(member.value().get_object(), *message.mutable_user());
    } else if (key == "address") {
      Read(member.value().get_object(), *message.mutable_address());
    } else if (key == "phone") {
      Set(message.mutable_phone(), member.value());
    } else if (key == "website") {
      Set(message.mutable_website(), member.value());
    } else if (key == "company") {
      Read(member.value().get_object(), *message.mutable_company());
    } else if (key == "roles") {
      for (auto role : member.value().get_array()) Set(message.add_roles(), role.value());
    } else if (key == "active") {
      message.set_active(member.value());
    }
  }
}

void Read(object members, ProfileList& message) {
  for (auto member : members) {
    if (member.key().value() != "profiles") continue;
    for (auto profile : member.value().get_array()) {
      Read(profile.get_object(), *message.add_profiles());
    }
  }
}

void Read(object members, Texts& message) {
  for (auto member : members) {
    const auto key = member.key().value();
    if (key == "author") {
      Set(message.mutable_author(), member.value());
    } else if (key == "subject") {
      Set(message.mutable_subject(), member.value());
    } else if (key == "body") {
      Set(message.mutable_body(), member.value());
    } else if (key == "comments") {
      for (auto comment : member.value().get_array()) Set(message.add_comments(), comment.value());
    }
  }
}

template <class T>
bool ReadText(const std::string& text, T& message) try {
  static simdjson::ondemand::parser parser;
  message.Clear();
  auto document = parser.iterate(text.data(), text.size(), text.size() + kPadding);
  Read(document.get_object(), message);
  return true;
} catch (const simdjson::simdjson_error&) {
  return false;
}

}  // namespace

bool SimdjsonRead(const std::string& text, User& message) { return ReadText(text, message); }
bool SimdjsonRead(const std::string& text, Mixed& message) { return ReadText(text, message); }
bool SimdjsonRead(const std::string& text, ProfileList& message) { return ReadText(text, message); }
bool SimdjsonRead(const std::string& text, Texts& message) { return ReadText(text, message); }

std::string SimdjsonBuild() {
  return std::string(SIMDJSON_STRINGIFY(SIMDJSON_VERSION)) + ", kernel " +
         simdjson::get_active_implementation()->name();
}

}  // namespace protorest::bench

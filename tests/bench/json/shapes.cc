#include "shapes.h"

#include <cmath>
#include <random>

namespace protorest::bench {
namespace {

constexpr const char* kFirst[] = {"Ada",    "Grace",    "Edsger", "Barbara",
                                  "Donald", "Margaret", "Alan",   "Katherine"};
constexpr const char* kLast[] = {"Lovelace", "Hopper",   "Dijkstra", "Liskov",
                                 "Knuth",    "Hamilton", "Turing",   "Johnson"};
constexpr const char* kWords[] = {"red", "large", "wool", "coat", "for", "winter", "travel", "set"};
constexpr const char* kPieces[] = {"plain words between the others ",
                                   "\"quoted\" ",
                                   "tab\tand\nnewline ",
                                   "back\\slash ",
                                   "Grüße aus München ",
                                   "日本語のテキスト ",
                                   "emoji 🎉🚀 ",
                                   "Ελληνικά ",
                                   "a longer run of plain ASCII text that needs nothing "};

class Random {
 public:
  int Below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  template <std::size_t kSize>
  std::string Of(const char* const (&choices)[kSize]) {
    return choices[Below(kSize)];
  }
  double Decimal(int limit, int decimals) {
    const double scale = std::pow(10, decimals);
    return Below(static_cast<int>(limit * scale)) / scale;
  }

 private:
  std::mt19937 engine_{42};
};

void Fill(Random& random, User& user) {
  const std::string first = random.Of(kFirst), last = random.Of(kLast);
  user.set_id("u" + std::to_string(random.Below(1000000)));
  user.set_name(first + " " + last);
  user.set_email(first + "." + last + std::to_string(random.Below(1000)) + "@example.com");
  user.set_age(18 + random.Below(60));
  user.set_created_at(1600000000 + random.Below(100000000));
}

void Fill(Random& random, Mixed::Item& item) {
  item.set_sku("SKU-" + std::to_string(random.Below(100000)));
  item.set_title(random.Of(kWords) + " " + random.Of(kWords) + " " + random.Of(kWords));
  item.set_quantity(1 + random.Below(9));
  item.set_unit_price(random.Decimal(500, 2));
  item.set_gift(random.Below(4) == 0);
}

void Fill(Random& random, Mixed& order) {
  order.set_order_id("order-" + std::to_string(random.Below(1000000)));
  Fill(random, *order.mutable_customer());
  order.set_status(static_cast<Mixed::Status>(1 + random.Below(3)));
  for (int i = 0; i < 5; ++i) Fill(random, *order.add_items());
  for (int i = 0; i < 4; ++i) {
    (*order.mutable_labels())[random.Of(kWords) + std::to_string(i)] = random.Of(kLast);
  }
  order.mutable_placed_at()->set_seconds(1600000000 + random.Below(100000000));
  order.mutable_placed_at()->set_nanos(random.Below(1000) * 1000000);
  for (int i = 0; i < 6; ++i) order.add_weights(random.Decimal(100, 3));
  for (int i = 0; i < 32; ++i) {
    order.mutable_signature()->push_back(static_cast<char>(random.Below(256)));
  }
  order.set_total(random.Decimal(2000, 2));
  if (random.Below(2) == 0) order.set_note("leave it at the door");
}

void Fill(Random& random, Profile& profile) {
  Fill(random, *profile.mutable_user());
  for (int i = 0; i < 3; ++i) profile.add_roles(random.Of(kWords));
  profile.set_city(random.Of(kLast) + "ville");
  profile.set_latitude(random.Decimal(90, 6));
  profile.set_longitude(random.Decimal(180, 6));
  for (const char* key : {"theme", "language", "newsletter", "timezone", "notifications"}) {
    (*profile.mutable_settings())[key] = random.Of(kWords) + " " + random.Of(kWords) + " " +
                                         random.Of(kFirst) + " " + random.Of(kLast);
  }
}

}  // namespace

std::vector<User> Users() {
  Random random;
  std::vector<User> users(kUsers);
  for (User& user : users) Fill(random, user);
  return users;
}

std::vector<Mixed> MixedOrders() {
  Random random;
  std::vector<Mixed> orders(512);
  for (Mixed& order : orders) Fill(random, order);
  return orders;
}

std::vector<ProfileList> Lists() {
  Random random;
  std::vector<ProfileList> lists(1);
  for (int i = 0; i < 2000; ++i) Fill(random, *lists[0].add_profiles());
  return lists;
}

std::vector<Texts> TextHeavy() {
  Random random;
  std::vector<Texts> messages(256);
  for (Texts& message : messages) {
    for (int i = 0; i < 8; ++i) {
      std::string& text = *message.add_texts();
      for (int j = 0; j < 6; ++j) text += random.Of(kPieces);
    }
  }
  return messages;
}

}  // namespace protorest::bench

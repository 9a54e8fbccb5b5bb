// What the data is, and why. Values are drawn from short lists and ranges by a fixed seed: the
// lengths and the order of the kinds of values vary as they do in real traffic, and every run has
// the same bytes.
//
// - User: a small flat message, every field set.
// - Mixed: an order, with each kind of field once. `gift` is false, and so not written, in three
//   of four items, and `note` unset in every other order: keys do not always follow each other.
// - List: users as sample APIs serve them, with an address, a company and roles: many short
//   strings in sub-messages, two doubles each.
// - Texts: posts with comments. Each text is in one language, as texts are, and has what texts
//   have to escape: quoted speech, line ends, tabs, paths of Windows, code, JSON in a log line,
//   HTML. Of the JSON that is read one byte in six belongs to an escape, one in five is not ASCII.
#include "shapes.h"

#include <bit>
#include <cmath>
#include <random>
#include <span>

namespace protorest::bench {
namespace {

using Choices = std::span<const char* const>;

constexpr const char* kFirst[] = {"Ada",    "Grace",    "Edsger", "Barbara",
                                  "Donald", "Margaret", "Alan",   "Katherine"};
constexpr const char* kLast[] = {"Lovelace", "Hopper",   "Dijkstra", "Liskov",
                                 "Knuth",    "Hamilton", "Turing",   "Johnson"};
constexpr const char* kWords[] = {"red", "large", "wool", "coat", "for", "winter", "travel", "set"};
constexpr const char* kStreets[] = {"Kulas Light", "Victor Plains",     "Douglas Extension",
                                    "Hoeger Mall", "Norberto Crossing", "Rex Trail"};
constexpr const char* kCities[] = {"Gwenborough", "Wisokyburgh", "McKenziehaven",
                                   "South Elvis", "Roscoeview",  "South Christy"};
constexpr const char* kPhrases[] = {
    "Multi-layered client-server neural-net", "Proactive didactic contingency",
    "Face to face bifurcated interface", "Configurable multimedia task-force"};
constexpr const char* kBusiness[] = {"harness real-time e-markets", "synergize scalable chains",
                                     "e-enable strategic applications",
                                     "transition cutting-edge web services"};
constexpr const char* kRoles[] = {"reader", "editor", "admin", "billing", "support"};

constexpr const char* kEnglish[] = {
    "The train leaves at nine, and the tickets are in the blue folder. ",
    "She said: \"Call me when you get there.\"\n", "That is all for today.\n\n",
    "See C:\\Users\\ada\\notes.txt for the rest. "};
constexpr const char* kGerman[] = {
    "Der Zug fährt um neun, und die Fahrkarten liegen in der blauen Mappe. ",
    "„Grüße aus München“, schrieb sie, „wir müssen früher los.“\n",
    "Das gehört \"natürlich\" überprüft.\n"};
constexpr const char* kFrench[] = {"Le train part à neuf heures ; les billets sont déjà réservés. ",
                                   "« Appelle-moi dès que tu es arrivé », a-t-elle dit.\n",
                                   "C'était \"très réussi\", même l'été dernier. "};
constexpr const char* kJapanese[] = {"列車は九時に出発します。切符は青いフォルダーにあります。",
                                     "「着いたら電話してください」と彼女は言いました。\n",
                                     "今日はここまでです。\n"};
constexpr const char* kGreek[] = {"Το τρένο φεύγει στις εννέα και τα εισιτήρια είναι έτοιμα. ",
                                  "«Πάρε με όταν φτάσεις», είπε.\n"};
constexpr const char* kChat[] = {"sounds great 🎉🚀\n", "on my way 🙂\n",
                                 "he wrote \"ok 👍\" twice\n", "see you at 9\n"};
constexpr const char* kMarkup[] = {
    "<p>Terms &amp; conditions: <a href=\"/terms\">read them</a></p>\n",
    "<li class=\"item\">Äpfel &amp; Birnen</li>\n", "<b>bold</b> & plain "};
constexpr const char* kLog[] = {
    "{\"level\":\"warn\",\"path\":\"C:\\\\tmp\",\"message\":\"retry\\n\"}\n",
    "09:41:07\tINFO\tlistening on \"0.0.0.0:8080\"\n", "09:41:09\tWARN\tuser \"Zoë\" not found\n"};
constexpr const char* kCode[] = {"if (name == \"\") {\n\treturn \"none\";\n}\n",
                                 "\tprintf(\"%s\\n\", text);  // prints naïvely\n"};
constexpr Choices kTexts[] = {kEnglish, kEnglish, kGerman, kFrench, kJapanese,
                              kGreek,   kChat,    kMarkup, kLog,    kCode};

class Random {
 public:
  int Below(int limit) { return static_cast<int>(engine_() % static_cast<unsigned>(limit)); }
  std::string Of(Choices choices) { return choices[Index(choices.size())]; }
  double Decimal(int limit, int decimals, int from = 0) {
    const int scale = static_cast<int>(std::pow(10, decimals));
    return static_cast<double>(Below((limit - from) * scale) + from * scale) / scale;
  }
  // Sentences of one language until `size` bytes are reached.
  std::string Text(std::size_t size) {
    const Choices language = kTexts[Index(std::size(kTexts))];
    std::string text;
    while (text.size() < size) text += Of(language);
    return text;
  }
  std::uint64_t Bits() { return engine_() | std::uint64_t{engine_()} << 32; }

 private:
  std::size_t Index(std::size_t size) { return engine_() % size; }

  std::mt19937 engine_{42};
};

void Fill(Random& random, User& user) {
  const std::string first = random.Of(kFirst), last = random.Of(kLast);
  user.set_id("u" + std::to_string(random.Below(1000000)));
  user.set_name(first + " " + last);
  user.set_email(last + std::to_string(random.Below(1000)) + "@example.com");
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
  for (int i = 0; i < 7; ++i) Fill(random, *order.add_items());
  for (int i = 0; i < 5; ++i) {
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
  Profile::Address& address = *profile.mutable_address();
  address.set_street(std::to_string(1 + random.Below(999)) + " " + random.Of(kStreets));
  if (random.Below(2) == 0) address.set_suite("Apt. " + std::to_string(1 + random.Below(999)));
  address.set_city(random.Of(kCities));
  address.set_zipcode(std::to_string(10000 + random.Below(90000)));
  address.set_latitude(random.Decimal(90, 4, -90));
  address.set_longitude(random.Decimal(180, 4, -180));
  profile.set_phone("1-770-736-" + std::to_string(1000 + random.Below(9000)));
  profile.set_website("https://" + profile.user().id() + ".example.org/");
  Profile::Company& company = *profile.mutable_company();
  company.set_name(random.Of(kLast) + "-" + random.Of(kLast));
  company.set_catch_phrase(random.Of(kPhrases));
  company.set_business(random.Of(kBusiness));
  for (int i = random.Below(4); i > 0; --i) profile.add_roles(random.Of(kRoles));
  profile.set_active(random.Below(4) != 0);
}

void Fill(Random& random, Texts& post) {
  post.set_author(random.Of(kFirst) + " " + random.Of(kLast));
  post.set_subject(random.Text(40));
  post.set_body(random.Text(500));
  for (int i = 0; i < 4; ++i) post.add_comments(random.Text(120));
}

template <class T>
std::vector<T> Filled(std::size_t count) {
  Random random;
  std::vector<T> messages(count);
  for (T& message : messages) Fill(random, message);
  return messages;
}

std::vector<Numbers> Doubles(double (*next)(Random&)) {
  Random random;
  std::vector<Numbers> messages(16);
  for (Numbers& message : messages) {
    for (int i = 0; i < 256; ++i) message.add_values(next(random));
  }
  return messages;
}

}  // namespace

std::vector<User> Users() { return Filled<User>(4096); }
std::vector<Mixed> MixedOrders() { return Filled<Mixed>(512); }
std::vector<Texts> TextHeavy() { return Filled<Texts>(256); }

std::vector<ProfileList> Lists() {
  Random random;
  std::vector<ProfileList> lists(1);
  for (int i = 0; i < 2000; ++i) Fill(random, *lists[0].add_profiles());
  return lists;
}

std::vector<Numbers> FewDecimals() {
  return Doubles([](Random& random) { return random.Decimal(10000, 2); });
}
std::vector<Numbers> Coordinates() {
  return Doubles([](Random& random) { return random.Decimal(180, 6); });
}
std::vector<Numbers> RandomDoubles() {
  return Doubles([](Random& random) {
    double value = 0;
    do {
      value = std::bit_cast<double>(random.Bits());
    } while (!std::isfinite(value));
    return value;
  });
}
std::vector<Numbers> Integrals() {
  return Doubles([](Random& random) { return static_cast<double>(random.Below(1000000)); });
}

}  // namespace protorest::bench

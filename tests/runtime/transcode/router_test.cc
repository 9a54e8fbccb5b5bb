// The router: precedence, verbs, methods, captures, and what a hostile path costs.
#include "transcode/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <random>
#include <utility>

#include "tests/runtime/transcode/vectors.h"
#include "transcode/url.h"

namespace protorest::transcode {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Routes written as "GET /a/{b}"; a match is told by that text.
class Routes {
 public:
  explicit Routes(std::vector<std::string> lines) : lines_(std::move(lines)) {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Status status = Add(lines_[i], "Service/Method" + std::to_string(i), i);
      EXPECT_TRUE(status.ok()) << status.message();
    }
  }

  Status Add(const std::string& line, const std::string& name, std::size_t number) {
    const std::size_t space = line.find(' ');
    return router_.Add(line.substr(0, space), line.substr(space + 1), name,
                       static_cast<std::uint32_t>(number));
  }

  // The route's text, "404", "405 Allow" or "400".
  std::string Find(std::string_view method, std::string_view path) {
    switch (router_.Find(method, path, match)) {
      case RouteOutcome::kMatch:
        return lines_[match.route()];
      case RouteOutcome::kNotFound:
        return "404";
      case RouteOutcome::kMethodNotAllowed:
        return "405 " + match.allow();
      case RouteOutcome::kMalformed:
        return "400";
    }
    return "";
  }
  std::string Get(std::string_view path) { return Find("GET", path); }

  // The captured values of a path that must match.
  std::vector<std::string> Captures(std::string_view path) {
    EXPECT_EQ(router_.Find("GET", path, match), RouteOutcome::kMatch) << path;
    return {match.captures().begin(), match.captures().end()};
  }

  RouteMatch match;

 private:
  Router router_;
  std::vector<std::string> lines_;
};

TEST(Router, P1_P2_P3_P4_CapturesAreDecoded) {
  Routes routes({"GET /a/{x}/c", "GET /m/{x=p/*/q/*}", "GET /n/{x=**}"});
  EXPECT_THAT(routes.Captures("/a/p%20q%2Fr+/c"), ElementsAre("p q/r+"));
  EXPECT_THAT(routes.Captures("/m/p/foo%20foo/q/bar%2Fbar"), ElementsAre("p/foo foo/q/bar%2Fbar"));
  EXPECT_THAT(routes.Captures("/n/a%2fb%20"), ElementsAre("a%2fb "));
}

TEST(Router, P5_MalformedEscape) {
  Routes routes({"GET /a/{x}"});
  EXPECT_EQ(routes.Get("/a/%zz"), "400");
  EXPECT_EQ(routes.Get("/a/%4"), "400");
  EXPECT_EQ(routes.Get("/elsewhere/%"), "400");
}

TEST(Router, P6_DoubleWildcardMatchesNothing) {
  Routes routes({"GET /a/{x=**}", "GET /{y=**}", "GET /b/{z=c/**}"});
  EXPECT_EQ(routes.Get("/a"), "GET /a/{x=**}");
  EXPECT_THAT(routes.Captures("/a"), ElementsAre(""));
  EXPECT_THAT(routes.Captures("/"), ElementsAre(""));
  EXPECT_THAT(routes.Captures("/a/"), ElementsAre(""));
  EXPECT_THAT(routes.Captures("/b/c"), ElementsAre("c"));
}

TEST(Router, P7_WildcardNeverMatchesAnEmptySegment) {
  Routes routes({"GET /c/*/d", "GET /e/{x}"});
  EXPECT_EQ(routes.Get("/c//d"), "404");
  EXPECT_EQ(routes.Get("/e/"), "404");
}

TEST(Router, P8_TrailingSlashIsAnotherPath) {
  Routes routes({"GET /a", "GET /"});
  EXPECT_EQ(routes.Get("/a"), "GET /a");
  EXPECT_EQ(routes.Get("/a/"), "404");
  EXPECT_EQ(routes.Get("/"), "GET /");
  EXPECT_EQ(routes.Get("//"), "404");
  EXPECT_EQ(routes.Get(""), "404");
  EXPECT_EQ(routes.Get("a"), "404");
}

TEST(Router, P9_VerbIsSplitOnlyWhereItIsRegistered) {
  Routes routes({"GET /foo/{x}", "GET /foo/{x}:verb", "GET /bar/{x}"});
  EXPECT_EQ(routes.Get("/foo/a:verb"), "GET /foo/{x}:verb");
  EXPECT_THAT(routes.match.captures(), ElementsAre("a"));
  EXPECT_THAT(routes.Captures("/foo/a:b"), ElementsAre("a:b"));
  EXPECT_THAT(routes.Captures("/bar/a:verb"), ElementsAre("a:verb"));
  EXPECT_THAT(routes.Captures("/foo/a:b:verb"), ElementsAre("a:b"));
  EXPECT_THAT(routes.Captures("/foo/a%3Averb"), ElementsAre("a:verb"));
  EXPECT_THAT(routes.Captures("/foo/%20:verb"), ElementsAre(" "));
}

TEST(Router, P9_RegisteredVerbGoesBeforeAMoreSpecificRouteThatWouldSwallowIt) {
  Routes routes({"GET /{x=**}:v", "GET /foo/{x}"});
  EXPECT_EQ(routes.Get("/foo/a:v"), "GET /{x=**}:v");
  EXPECT_EQ(routes.Get("/foo/a:w"), "GET /foo/{x}");
  // As of policies, which any resource may have: no resource takes them for a part of its name.
  Routes policies({"GET /v1/**:policy", "GET /v1/a/{x}", "GET /v1/a/b:policy", "POST /v1/a/{x}"});
  EXPECT_EQ(policies.Get("/v1/a/1:policy"), "GET /v1/**:policy");
  EXPECT_EQ(policies.Get("/v1/a/b:policy"), "GET /v1/a/b:policy");  // the most specific of them
  EXPECT_EQ(policies.Find("POST", "/v1/a/1:policy"), "POST /v1/a/{x}");
}

TEST(Router, P9_VerbThatHoldsAColon) {
  Routes routes({"GET /{x}:a:b", "GET /{x}:b", "GET /other/{x}"});
  EXPECT_EQ(routes.Get("/1:b"), "GET /{x}:b");
  EXPECT_THAT(routes.Captures("/1:a:b"), ElementsAre("1:a"));
  Routes alone({"GET /{x}:a:b"});
  EXPECT_THAT(alone.Captures("/1:a:b"), ElementsAre("1"));
}

TEST(Router, P9_VerbOfAnotherMethodLeavesTheTextToTheVariable) {
  Routes routes({"GET /foo/{x}", "POST /foo/{x}:verb"});
  EXPECT_THAT(routes.Captures("/foo/a:verb"), ElementsAre("a:verb"));
}

TEST(Router, P10_ColonElsewhereIsText) {
  Routes routes({"GET /a:b/c", "GET /{x}/c"});
  EXPECT_EQ(routes.Get("/a:b/c"), "GET /a:b/c");
  EXPECT_THAT(routes.Captures("/a:z/c"), ElementsAre("a:z"));
}

TEST(Router, P11_VerbBehindADoubleWildcard) {
  Routes routes({"GET /{a=**}:verb"});
  EXPECT_THAT(routes.Captures("/some:verb/const:verb"), ElementsAre("some:verb/const"));
}

TEST(Router, P12_VerbThenSlash) {
  Routes routes({"GET /{x}:verb"});
  EXPECT_EQ(routes.Get("/x:verb/"), "404");
}

TEST(Router, P13_LiteralThenWildcardThenDoubleWildcard) {
  const std::vector<std::string> lines = {"GET /a/**",  "GET /a/*/c", "GET /a/b/d",
                                          "GET /a/b/*", "GET /**",    "GET /a/{x=b/**}/z"};
  for (const bool reversed : {false, true}) {
    Routes routes(reversed ? std::vector<std::string>(lines.rbegin(), lines.rend()) : lines);
    EXPECT_EQ(routes.Get("/a/b/d"), "GET /a/b/d");
    EXPECT_EQ(routes.Get("/a/b/c"), "GET /a/b/*");
    EXPECT_EQ(routes.Get("/a/x/c"), "GET /a/*/c");
    EXPECT_EQ(routes.Get("/a/x/d"), "GET /a/**");    // turns back from /a/*
    EXPECT_EQ(routes.Get("/a/b/d/e"), "GET /a/**");  // turns back from /a/b/d
    EXPECT_EQ(routes.Get("/a/b/d/z"), "GET /a/{x=b/**}/z");
    EXPECT_EQ(routes.Get("/b"), "GET /**");
  }
}

TEST(Router, P14_TheMethodIsPartOfTheMatch) {
  Routes routes({"GET /u/me", "DELETE /u/{id}"});
  EXPECT_EQ(routes.Find("DELETE", "/u/me"), "DELETE /u/{id}");
  EXPECT_EQ(routes.Get("/u/me"), "GET /u/me");
}

TEST(Router, P15_DoubleWildcardTakesWhatTheRestLeaves) {
  Routes routes({"GET /{x=a/**}/{y}/z", "GET /{x=a/**}/z"});
  EXPECT_THAT(routes.Captures("/a/1/2/3/z"), ElementsAre("a/1/2", "3"));
  EXPECT_THAT(routes.Captures("/a/3/z"), ElementsAre("a", "3"));
  EXPECT_THAT(routes.Captures("/a/z"), ElementsAre("a"));
  EXPECT_EQ(routes.Get("/a"), "404");
}

TEST(Router, P16_SameVerbAndShapeIsRefusedNamingBoth) {
  Routes routes({"GET /a/{x}", "GET /b/{x=c/*}:v"});
  EXPECT_THAT(routes.Add("GET /a/{y}", "Other/One", 7).message(),
              AllOf(HasSubstr("GET /a/{y} of Other/One"), HasSubstr("/a/{x} of Service/Method0")));
  EXPECT_EQ(routes.Add("GET /b/c/{z}:v", "Other/Two", 7).code(), Code::kAlreadyExists);
  EXPECT_TRUE(routes.Add("POST /a/{y}", "Other/Three", 7).ok());
  EXPECT_TRUE(routes.Add("GET /b/c/{z}", "Other/Four", 7).ok());
  EXPECT_EQ(routes.Get("/a/1"), "GET /a/{x}");
}

TEST(Router, MalformedTemplateIsRefused) {
  Routes routes({});
  const Status status = routes.Add("GET /a//b", "Some/Method", 0);
  EXPECT_EQ(status.code(), Code::kInvalidArgument);
  EXPECT_THAT(status.message(),
              AllOf(HasSubstr("Some/Method"), HasSubstr("/a//b"), HasSubstr("at 3")));
}

TEST(Router, P18_LiteralsAreComparedDecoded) {
  Routes routes({"GET /a%20b/~c", "GET /%2A/d"});
  EXPECT_EQ(routes.Get("/a%20b/%7Ec"), "GET /a%20b/~c");
  EXPECT_EQ(routes.Get("/%61%20b/~c"), "GET /a%20b/~c");
  EXPECT_EQ(routes.Get("/*/d"), "GET /%2A/d");
  EXPECT_EQ(routes.Get("/x/d"), "404");
}

TEST(Router, P21_P23_OtherMethodsAreListed) {
  Routes routes({"GET /a/{x}", "POST /a/b", "DELETE /a/{x}", "PUT /a/{x}:v"});
  EXPECT_EQ(routes.Find("PATCH", "/a/b"), "405 DELETE, GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(routes.Find("OPTIONS", "/a/c"), "405 DELETE, GET, HEAD, OPTIONS");
  EXPECT_EQ(routes.Find("PATCH", "/a/c:v"), "405 DELETE, GET, HEAD, OPTIONS, PUT");
  EXPECT_EQ(routes.Find("PATCH", "/b"), "404");
}

TEST(Router, P22_HeadIsServedByGet) {
  Routes routes({"GET /a", "GET /b", "HEAD /b"});
  EXPECT_EQ(routes.Find("HEAD", "/a"), "GET /a");
  EXPECT_EQ(routes.Find("HEAD", "/b"), "HEAD /b");
}

TEST(Router, P29_CustomMethodsAndAnyMethod) {
  Routes routes({"PURGE /a", "* /a", "GET /a", "* /b"});
  EXPECT_EQ(routes.Find("PURGE", "/a"), "PURGE /a");
  EXPECT_EQ(routes.Find("GET", "/a"), "GET /a");
  EXPECT_EQ(routes.Find("ANYTHING", "/a"), "* /a");
  EXPECT_EQ(routes.Find("OPTIONS", "/b"), "* /b");
  EXPECT_EQ(routes.Find("get", "/a"), "* /a");  // methods are case-sensitive
}

// Every combination of literal and wildcard, so that every step of the walk has two ways to go.
std::vector<std::string> HostileRoutes(int depth, std::string_view end) {
  std::vector<std::string> lines;
  for (int bits = 0; bits < 1 << depth; ++bits) {
    std::string line = "GET ";
    for (int i = 0; i < depth; ++i) line += bits >> i & 1 ? "/a" : "/*";
    lines.push_back(line + std::string(end));
  }
  return lines;
}

std::string Repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(Router, HostilePathsVisitANodeOnce) {
  Routes routes(HostileRoutes(8, "/end"));
  EXPECT_EQ(routes.Get(Repeat("/a", 8) + "/no"), "404");
  // Two walks (for the route, and for other methods), each over at most the tree's nodes.
  EXPECT_LE(routes.match.visited(), 2 * (2 * 256 + 256));
  // A longer path is no dearer: the tree ends.
  EXPECT_EQ(routes.Get(Repeat("/a", 4096)), "404");
  EXPECT_LE(routes.match.visited(), 2 * (2 * 256 + 256));
}

TEST(Router, HostilePathsBelowADoubleWildcard) {
  std::vector<std::string> lines;
  for (int i = 1; i <= 32; ++i) lines.push_back("GET /**" + Repeat("/a", i) + "/b");
  Routes routes(lines);
  EXPECT_EQ(routes.Get(Repeat("/a", 4096)), "404");
  EXPECT_LE(routes.match.visited(), 2u * 32 * 34);
  EXPECT_EQ(routes.Get(Repeat("/a", 4096) + "/b"), lines.back());
}

TEST(Router, CostDoesNotGrowWithTheNumberOfRoutes) {
  std::vector<std::string> lines;
  for (int i = 0; i < 10000; ++i) lines.push_back("GET /v1/things" + std::to_string(i) + "/{id}");
  Routes routes(lines);
  EXPECT_EQ(routes.Get("/v1/things7777/x"), lines[7777]);
  EXPECT_EQ(routes.match.visited(), 4u);
}

TEST(Router, AMatchObjectIsReusable) {
  Routes routes({"GET /a/{x}/{y=**}", "GET /b"});
  EXPECT_THAT(routes.Captures("/a/%20/b%20/c"), ElementsAre(" ", "b /c"));
  EXPECT_THAT(routes.Captures("/b"), ElementsAre());
  EXPECT_THAT(routes.Captures("/a/" + Repeat("%41", 500) + "/%42"),
              ElementsAre(Repeat("A", 500), "B"));
}

// A template tried alone: where a path is cut and what it is matched with, without a tree.
class Reference {
 public:
  explicit Reference(const std::string& text) {
    PathTemplateError error;
    EXPECT_TRUE(ParsePathTemplate(text, path_, error)) << text;
    const auto& segments = path_.segments;
    multi_ =
        std::find_if(segments.begin(), segments.end(),
                     [](const PathSegment& s) { return s.kind == PathSegment::Kind::kMulti; }) -
        segments.begin();
  }

  bool Matches(std::string_view path) const {
    std::vector<std::string> cut;
    for (std::string_view rest = path.substr(1); !(cut.empty() && rest.empty());) {
      const std::size_t slash = std::min(rest.find('/'), rest.size());
      cut.emplace_back(rest.substr(0, slash));
      if (slash == rest.size()) break;
      rest.remove_prefix(slash + 1);
    }
    if (!path_.verb.empty()) {
      const std::string verb = ":" + path_.verb;
      if (cut.empty() || !cut.back().ends_with(verb)) return false;
      cut.back().resize(cut.back().size() - verb.size());
    }
    const auto& segments = path_.segments;
    const bool has_multi = multi_ < segments.size();
    if (has_multi ? cut.size() + 1 < segments.size() : cut.size() != segments.size()) return false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (i == multi_) continue;
      const std::string& text = cut[i < multi_ ? i : i + cut.size() - segments.size()];
      if (segments[i].kind == PathSegment::Kind::kSingle ? text.empty()
                                                         : text != segments[i].literal)
        return false;
    }
    return true;
  }

  // Less: goes first (rules P9, P13, P15).
  std::vector<std::size_t> Rank() const {
    std::vector<std::size_t> rank = {path_.verb.empty() ? 99 : path_.verb.size()};
    for (std::size_t i = 0; i < path_.segments.size(); ++i) {
      rank.push_back(1 + static_cast<std::size_t>(path_.segments[i].kind));
      if (i == multi_)
        rank.push_back(99 - (path_.segments.size() - i));  // more behind it goes first
    }
    return rank;
  }

 private:
  PathTemplate path_;
  std::size_t multi_;
};

TEST(Router, P13_RandomRoutesAreThoseOfTemplatesTriedOneByOne) {
  std::mt19937 random(1);
  const auto pick = [&](std::initializer_list<const char*> list) {
    return std::string(list.begin()[random() % list.size()]);
  };
  int matches = 0;
  for (int round = 0; round < 300; ++round) {
    std::map<std::string, std::string> shapes;  // one template of each
    for (int i = 0; i < 12; ++i) {
      std::string text;
      bool multi = false;
      for (int n = static_cast<int>(random() % 4); n >= 0; --n) {
        std::string segment = pick({"a", "b", "*", "*", "**"});
        if (segment == "**" && std::exchange(multi, true)) segment = "*";
        text += "/" + segment;
      }
      text += pick({"", "", ":v", ":w", ":v:w"});
      PathTemplate parsed;
      PathTemplateError error;
      // "/a:v:w" is a literal with a colon, and the verb "w".
      if (ParsePathTemplate(text, parsed, error)) shapes.emplace(PathShape(parsed), text);
    }
    std::vector<std::string> lines;
    std::vector<Reference> references;
    for (const auto& [shape, text] : shapes) {
      lines.push_back("GET " + text);
      references.emplace_back(text);
    }
    Routes routes(lines);
    for (int i = 0; i < 100; ++i) {
      std::string path;
      for (int n = static_cast<int>(random() % 5); n >= 0; --n) {
        path += "/" + pick({"a", "b", "c", "a:v", "", "b:w", ":v", "a:v:w"});
      }
      std::string expected = "404";
      std::vector<std::size_t> best;
      for (std::size_t k = 0; k < lines.size(); ++k) {
        if (!references[k].Matches(path)) continue;
        if (expected != "404" && best < references[k].Rank()) continue;
        expected = lines[k];
        best = references[k].Rank();
      }
      matches += expected != "404";
      ASSERT_EQ(routes.Get(path), expected) << path << " among " << ::testing::PrintToString(lines);
    }
  }
  EXPECT_GT(matches, 10'000);
}

// Lookups that contradict semantics.md, as "group path", with the rule that decides. All of them
// set an option of another router that this one does not have, because the rule leaves no choice.
constexpr std::pair<const char*, const char*> kExceptions[] = {
    {"paths-007 /person/jason:other",
     "P9: text behind a colon that is no verb belongs to the value"},
    {"paths-028 *", "P2: all but %2F is decoded"},
    {"paths-029 *", "P2: all but %2F is decoded"},
    {"paths-031 *", "P2: %2F stays as sent"},
    {"paths-059 *", "P3: ** on one segment keeps %2F"},
    {"paths-067 *", "P21: POST does not fall back to GET"},
    {"paths-070 *", "P27: the method as sent decides, no header does"},
    {"paths-071 *", "P21: POST does not fall back to GET"},
    {"paths-083 *", "P1: decoded after matching, so %2F separates nothing"},
    {"paths-084 *", "P1: decoded after matching, so %2F separates nothing"},
    {"paths-086 *", "P2, P18: segments are cut before they are decoded"},
    {"paths-088 *", "P1, P5: %25 is a well-formed percent sign, decoded once"},
};

std::string PathOf(const nlohmann::ordered_json& lookup) {
  if (lookup.contains("path_repeat")) {
    const auto& repeat = lookup["path_repeat"];
    return repeat[0].get<std::string>() + Repeat(repeat[1].get<std::string>(), repeat[2]) +
           repeat[3].get<std::string>();
  }
  const std::string path = lookup["path"];
  return path.substr(0, path.find('?'));
}

void CheckLookup(const Router& router, const nlohmann::ordered_json& group,
                 const nlohmann::ordered_json& lookup) {
  const std::string path = PathOf(lookup);
  const std::string method = lookup["method"];
  RouteMatch match;
  const bool found = router.Find(method, path, match) == RouteOutcome::kMatch;
  if (lookup["match"].is_null()) {
    EXPECT_FALSE(found);
    return;
  }
  ASSERT_TRUE(found);
  EXPECT_EQ(group["templates"][match.route()]["id"], lookup["match"]);
  // Bindings of the path come first, those of the query follow; only the path's are the router's.
  std::vector<std::string> values;
  if (lookup.contains("binding_values")) values = lookup["binding_values"];
  if (lookup.contains("bindings") && lookup["bindings"].is_array()) {
    for (const auto& binding : lookup["bindings"]) values.push_back(binding[1]);
  } else if (!lookup.contains("binding_values")) {
    return;
  }
  QuerySplitter query(lookup.contains("query") ? lookup["query"].get<std::string>() : "");
  for (const std::string_view capture : match.captures()) {
    ASSERT_FALSE(values.empty());
    EXPECT_EQ(capture, values.front());
    values.erase(values.begin());
  }
  if (!lookup.contains("query")) {
    EXPECT_TRUE(values.empty());
  }
}

TEST(RouterVectors, AllHold) {
  const auto vectors = testing::ReadVectors("paths.json");
  PROTOREST_NEED_VECTORS(vectors);
  for (const auto& group : vectors["groups"]) {
    const std::string id = group["id"];
    Router router;
    bool started = true;
    std::uint32_t number = 0;
    for (const auto& t : group["templates"]) {
      const Status status =
          router.Add(t["method"].get<std::string>(), t["template"].get<std::string>(),
                     t["id"].get<std::string>(), number++);
      started = started && status.ok();
    }
    if (!started) router = Router();  // rule P16: such a server does not start
    for (const auto& lookup : group["lookups"]) {
      SCOPED_TRACE(id + " " + lookup["method"].get<std::string>() + " " +
                   PathOf(lookup).substr(0, 99));
      if (testing::IsException(kExceptions, id + " *") ||
          testing::IsException(kExceptions, id + " " + PathOf(lookup))) {
        continue;
      }
      CheckLookup(router, group, lookup);
    }
  }
}

}  // namespace
}  // namespace protorest::transcode

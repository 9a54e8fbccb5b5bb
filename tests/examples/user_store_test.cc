// The example's store: validation, uniqueness, pages, and a database that outlives its process.
#include "user_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <set>
#include <thread>

#include "page_token.h"

namespace users {
namespace {

using protorest::Code;
using protorest::Status;

std::unique_ptr<UserStore> OpenStore(const std::string& path = ":memory:") {
  std::unique_ptr<UserStore> store;
  const Status status = UserStore::Open(path, store);
  EXPECT_TRUE(status.ok()) << status.message();
  return store;
}

v1::CreateUserRequest NewUser(const std::string& email, const std::string& name = "Ada") {
  v1::CreateUserRequest request;
  request.set_name(name);
  request.set_email(email);
  request.set_age(36);
  return request;
}

v1::User Created(UserStore& store, const std::string& email) {
  v1::User user;
  const Status status = store.Create(NewUser(email), user);
  EXPECT_TRUE(status.ok()) << status.message();
  return user;
}

v1::ListUsersRequest PageOf(int size, const std::string& token = "") {
  v1::ListUsersRequest request;
  request.set_page_size(size);
  request.set_page_token(token);
  return request;
}

// The only detail of `status`, a BadRequest in protobuf binary: its text holds the field's name.
std::string Violation(const Status& status) {
  EXPECT_EQ(status.details().size(), 1u);
  return status.details().empty() ? "" : status.details().front().value;
}

TEST(UserStore, ACreatedUserIsReadBackAsItWasAnswered) {
  const auto store = OpenStore();
  const std::int64_t before = std::time(nullptr);
  const v1::User created = Created(*store, "ada@example.com");
  EXPECT_GE(created.created_at(), before);
  EXPECT_LE(created.created_at(), std::time(nullptr));

  v1::User read;
  ASSERT_TRUE(store->Get(created.id(), read).ok());
  EXPECT_EQ(read.SerializeAsString(), created.SerializeAsString());
  EXPECT_EQ(read.name(), "Ada");
  EXPECT_EQ(read.age(), 36);
}

TEST(UserStore, AnEmailIsTakenOnce) {
  const auto store = OpenStore();
  Created(*store, "ada@example.com");
  v1::User user;
  EXPECT_EQ(store->Create(NewUser("ada@example.com"), user).code(), Code::kAlreadyExists);
  EXPECT_EQ(store->Create(NewUser("ADA@example.com"), user).code(), Code::kAlreadyExists);
  EXPECT_TRUE(store->Create(NewUser("grace@example.com"), user).ok());
}

TEST(UserStore, AnIdThatNoUserHasIsNotFound) {
  const auto store = OpenStore();
  const v1::User user = Created(*store, "ada@example.com");
  v1::User read;
  for (const std::string& id :
       {std::string("999"), std::string(""), std::string("x"), std::string("-1"), "0" + user.id(),
        user.id() + " ", std::string("99999999999999999999")}) {
    EXPECT_EQ(store->Get(id, read).code(), Code::kNotFound) << id;
  }
}

TEST(UserStore, AnInvalidEmailIsAViolationOfItsField) {
  const auto store = OpenStore();
  for (const std::string& email :
       {std::string(""), std::string("ada"), std::string("@example.com"), std::string("ada@"),
        std::string("ada@example"), std::string("ada@.com"), std::string("ada@example..com"),
        std::string("a@b@example.com"), std::string("a da@example.com"),
        std::string(300, 'a') + "@example.com"}) {
    v1::User user;
    const Status status = store->Create(NewUser(email), user);
    EXPECT_EQ(status.code(), Code::kInvalidArgument) << email;
    EXPECT_THAT(Violation(status), testing::HasSubstr("email")) << email;
  }
}

TEST(UserStore, AllViolationsOfAUserAreReportedAtOnce) {
  const auto store = OpenStore();
  v1::CreateUserRequest request = NewUser("nobody");
  request.set_age(-1);
  v1::User user;
  const Status status = store->Create(request, user);
  EXPECT_THAT(Violation(status),
              testing::AllOf(testing::HasSubstr("email"), testing::HasSubstr("age")));
}

TEST(UserStore, PagesGiveEveryUserOnceInOrder) {
  const auto store = OpenStore();
  std::vector<std::string> created;
  for (int i = 0; i < 7; ++i) {
    created.push_back(Created(*store, "user" + std::to_string(i) + "@example.com").id());
  }
  std::vector<std::string> listed;
  std::vector<std::size_t> sizes;
  std::string token;
  do {
    UserPage page;
    ASSERT_TRUE(store->List(PageOf(3, token), page).ok());
    for (const v1::User& user : page.users) listed.push_back(user.id());
    sizes.push_back(page.users.size());
    token = page.next_page_token;
  } while (!token.empty());
  EXPECT_EQ(listed, created);
  EXPECT_THAT(sizes, testing::ElementsAre(3, 3, 1));
}

TEST(UserStore, APageThatEndsWithTheLastUserHasNoNextPage) {
  const auto store = OpenStore();
  Created(*store, "ada@example.com");
  UserPage page;
  ASSERT_TRUE(store->List(PageOf(1), page).ok());
  EXPECT_EQ(page.users.size(), 1u);
  EXPECT_EQ(page.next_page_token, "");
}

TEST(UserStore, PageSizeZeroIsFiftyAndAThousandIsTheMost) {
  const auto store = OpenStore();
  for (int i = 0; i < 1001; ++i) Created(*store, std::to_string(i) + "@example.com");
  UserPage small, large;
  ASSERT_TRUE(store->List(PageOf(0), small).ok());
  ASSERT_TRUE(store->List(PageOf(5000), large).ok());
  EXPECT_EQ(small.users.size(), 50u);
  EXPECT_EQ(large.users.size(), 1000u);
  EXPECT_NE(large.next_page_token, "");
}

TEST(UserStore, ANegativePageSizeAndAForeignTokenAreRefused) {
  const auto store = OpenStore();
  UserPage page;
  EXPECT_THAT(Violation(store->List(PageOf(-1), page)), testing::HasSubstr("pageSize"));
  std::string forged = EncodePageToken(7);
  forged[15] = '8';
  for (const std::string& token : {std::string("7"), std::string("nonsense"), forged}) {
    const Status status = store->List(PageOf(1, token), page);
    EXPECT_EQ(status.code(), Code::kInvalidArgument) << token;
    EXPECT_THAT(Violation(status), testing::HasSubstr("pageToken")) << token;
  }
}

TEST(PageToken, DecodesToTheRowItWasMadeOf) {
  for (const std::int64_t row : {std::int64_t{0}, std::int64_t{1}, std::int64_t{4096}, INT64_MAX}) {
    EXPECT_EQ(DecodePageToken(EncodePageToken(row)), row);
  }
}

TEST(UserStore, AFileKeepsItsUsers) {
  const std::string path = testing::TempDir() + "user_store_test.db";
  std::filesystem::remove(path);
  const std::string id = Created(*OpenStore(path), "ada@example.com").id();
  v1::User user;
  EXPECT_TRUE(OpenStore(path)->Get(id, user).ok());
  EXPECT_EQ(user.email(), "ada@example.com");
  std::filesystem::remove(path);
}

TEST(UserStore, AFileThatCannotBeOpenedIsUnavailable) {
  std::unique_ptr<UserStore> store;
  EXPECT_EQ(UserStore::Open("/nonexistent/users.db", store).code(), Code::kUnavailable);
  EXPECT_EQ(store, nullptr);
}

TEST(UserStore, ManyThreadsCreateAndReadAtTheSameTime) {
  const auto store = OpenStore();
  constexpr int kThreads = 4, kEach = 100;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const v1::User user =
            Created(*store, std::to_string(t) + "-" + std::to_string(i) + "@example.com");
        v1::User read;
        EXPECT_TRUE(store->Get(user.id(), read).ok());
        EXPECT_EQ(read.email(), user.email());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  UserPage page;
  ASSERT_TRUE(store->List(PageOf(1000), page).ok());
  std::set<std::string> ids;
  for (const v1::User& user : page.users) ids.insert(user.id());
  EXPECT_EQ(ids.size(), std::size_t{kThreads} * kEach);
}

}  // namespace
}  // namespace users

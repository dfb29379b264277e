#include "remedy/secret_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>

#include "base/encoding.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string token_text() { return "hf_" + std::string(17, 'q') + std::string(17, 'Z'); }

LeakedSecret leaked(std::vector<LeakPlace> places = {}) {
  LeakedSecret secret;
  secret.id = sha256(token_text());
  secret.masked = "hf_\u2026(37)";
  secret.places = std::move(places);
  return secret;
}

LeakPlace at(const std::string& path, const std::string& blob = "", PlaceKind kind = PlaceKind::blob) {
  LeakPlace place;
  place.kind = kind;
  place.path = path;
  place.blob = blob;
  return place;
}

bool is_found(const std::string& bytes) {
  const std::optional<Secret> found = find_in_bytes(*leaked().known(), bytes);
  return found && found->expose() == token_text();
}

TEST(SecretInBytes, InEveryDressThatIsUndone) {
  const std::string line = "token: " + token_text() + "\n";
  EXPECT_TRUE(is_found(line));
  EXPECT_TRUE(is_found(spread(line, 2)));
  EXPECT_TRUE(is_found("data: " + base64_encode(token_text()) + "\n"));
  EXPECT_TRUE(is_found("data: " + base64_encode("user:" + token_text()) + "\n"));
  EXPECT_TRUE(is_found("prefix/" + base64_encode(line)));
  EXPECT_TRUE(is_found("x=" + hex_encode(token_text())));
  EXPECT_TRUE(is_found("a" + hex_encode("k" + token_text())));
  std::string percent;
  for (const char c : token_text()) percent += "%" + hex_encode(std::string(1, c));
  EXPECT_TRUE(is_found("https://x/?t=" + percent));
}

TEST(SecretInBytes, InBase64OfSeveralLines) {
  const std::string encoded = base64_encode(std::string(50, 'x') + token_text());
  std::string wrapped;
  for (std::size_t i = 0; i < encoded.size(); i += 64) wrapped += encoded.substr(i, 64) + "\r\n";
  EXPECT_TRUE(is_found(wrapped));
}

TEST(SecretInBytes, OthersAreNotTaken) {
  EXPECT_FALSE(is_found(""));
  EXPECT_FALSE(is_found("hf_" + std::string(34, 'q')));
  EXPECT_FALSE(is_found(base64_encode("hf_" + std::string(34, 'q'))));
  EXPECT_FALSE(is_found(token_text().substr(0, 36)));
}

class SecretSource : public ::testing::Test {
 protected:
  // The repository as it is now.
  Result<Secret> find(std::vector<LeakPlace> places) {
    layout_ = *repository_at(repository_.path()).value();
    store_ = ObjectStore::open(layout_, {"/"}, 1);
    return find_secret(leaked(std::move(places)), {repository_.path(), &store_, &layout_});
  }
  void expect_found(std::vector<LeakPlace> places) {
    const Result<Secret> found = find(std::move(places));
    ASSERT_TRUE(found.ok()) << found.error().message;
    EXPECT_EQ(found->expose(), token_text());
  }

  test::ScratchRepository repository_;
  RepositoryLayout layout_;
  ObjectStore store_;
};

TEST_F(SecretSource, InAFileOfTheTree) {
  repository_.write("a/.env", "HF_TOKEN=" + token_text() + "\n");
  expect_found({at("a/.env")});
}

TEST_F(SecretSource, InABlobThatIsNoFileAnyMore) {
  repository_.write("x", base64_encode(token_text()));
  repository_.commit_all();
  const std::string blob = repository_.rev("HEAD:x");
  repository_.git({"rm", "-q", "x"});
  expect_found({at("x", blob)});
}

TEST_F(SecretSource, InACommitMessage) {
  const std::string commit = repository_.commit_all("said " + token_text());
  LeakPlace message = at("", "", PlaceKind::commit_message);
  message.introduced.push_back(commit);
  expect_found({message});
  expect_found({});  // by looking at every object
}

TEST_F(SecretSource, InAFileName) {
  repository_.write("f-" + token_text(), "x");
  repository_.commit_all();
  repository_.git({"rm", "-q", "-r", "."});
  expect_found({at("f-hf_\u2026(37)", "", PlaceKind::path)});
}

TEST_F(SecretSource, InTheNameOfABranch) {
  repository_.commit_all();
  repository_.git({"branch", "b-" + token_text()});
  expect_found({at("", "", PlaceKind::ref_name)});
}

TEST_F(SecretSource, NowhereSaysWhatToDo) {
  repository_.commit_all();
  const Result<Secret> found = find({at("a/.env", std::string(40, '1'))});
  ASSERT_FALSE(found.ok());
  EXPECT_THAT(found.error().message, HasSubstr("--token-stdin"));
}

TEST_F(SecretSource, PathsThatLeadOutAreNotOpened) {
  repository_.around().write("outside", token_text());
  repository_.commit_all();
  const std::vector<std::string> paths = {std::string("../outside"), std::string("a/../../outside"),
                                          repository_.around().path("outside")};
  for (const std::string& path : paths) {
    EXPECT_FALSE(find({at(path)}).ok()) << path;
  }
  ASSERT_EQ(::symlink(repository_.around().path("outside").c_str(), repository_.path("link").c_str()), 0);
  EXPECT_FALSE(find({at("link")}).ok());
}

TEST_F(SecretSource, PipeInPlaceOfAFileDoesNotBlock) {
  ASSERT_EQ(::mkfifo(repository_.path("fifo").c_str(), 0600), 0);
  EXPECT_FALSE(find({at("fifo")}).ok());
}

Result<std::vector<Secret>> secrets_of(const std::string& text) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe(ends.data()), 0);
  EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  ::close(ends[1]);
  Result<std::vector<Secret>> result = read_secrets(ends[0]);
  ::close(ends[0]);
  return result;
}

TEST(SecretsOfStandardInput, OneALine) {
  const Result<std::vector<Secret>> secrets =
      secrets_of("\n " + token_text() + " \r\n\napi_org_" + std::string(34, 'x') + "\n" + token_text());
  ASSERT_TRUE(secrets.ok());
  ASSERT_EQ(secrets->size(), 2U);
  EXPECT_EQ(secrets->at(0).expose(), token_text());
}

TEST(SecretsOfStandardInput, WhatIsNoTokenIsRefusedAndNotShown) {
  for (const char* text : {"sesame", "hf_abc def", "hf_\"x\"", "hf_a\x01"}) {
    const Result<std::vector<Secret>> secrets = secrets_of(token_text() + "\n" + text + "\n");
    ASSERT_FALSE(secrets.ok());
    EXPECT_THAT(secrets.error().message, HasSubstr("line 2"));
    EXPECT_THAT(secrets.error().message, Not(HasSubstr("sesame")));
    EXPECT_THAT(secrets.error().message, Not(HasSubstr(token_text())));
  }
  EXPECT_FALSE(secrets_of("").ok());
  EXPECT_FALSE(secrets_of("\n\n").ok());
}

}  // namespace
}  // namespace hfscan

#include "remedy/hub_endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(HubEndpoint, HostsThatMayBeTyped) {
  for (const char* url :
       {"https://huggingface.co", "https://huggingface.co/", "HTTPS://HuggingFace.CO", "https://hub-ci.huggingface.co",
        "https://hub.example.org:8443", "https://10.0.0.1", "https://[2001:db8::1]:8443", "http://127.0.0.1:8080",
        "http://127.1.2.3", "http://[::1]:8080", "http://localhost:8080", "https://localhost"}) {
    EXPECT_TRUE(parse_endpoint(url).ok()) << url;
  }
}

TEST(HubEndpoint, WhatIsNoPlainHostIsRefused) {
  for (const char* url : {"",
                          "huggingface.co",
                          "ftp://huggingface.co",
                          "file:///etc/passwd",
                          "https://",
                          "https:///",
                          "https://me:pw@huggingface.co",
                          "https://huggingface.co@evil.example",
                          "https://huggingface.co/api",
                          "https://huggingface.co//",
                          "https://huggingface.co/../x",
                          "https://huggingface.co?x",
                          "https://huggingface.co#x",
                          "https://huggingface.co\\@evil.example",
                          "https://hugging face.co",
                          "https://huggingface.co\n.evil.example",
                          "https://huggingface.co%2eevil.example",
                          "https://h\xc3\xbcgging.example",
                          "https://-x.example",
                          "https://x..example",
                          "https://huggingface.co:",
                          "https://huggingface.co:0",
                          "https://huggingface.co:070",
                          "https://huggingface.co:65536",
                          "https://huggingface.co:80:80",
                          "https://huggingface.co:-1",
                          "https://[::1",
                          "https://[]",
                          "https://[::1]x",
                          "https://[::1%25eth0]",
                          "https://{a,b}.example",
                          "https://127.1",
                          "https://2130706433",
                          "https://0x7f.1"}) {
    EXPECT_FALSE(parse_endpoint(url).ok()) << url;
  }
}

TEST(HubEndpoint, UnencryptedOnlyToThisMachine) {
  for (const char* url : {"http://huggingface.co", "http://10.0.0.1", "http://128.0.0.1", "http://127.0.0.1.evil.example",
                          "http://localhost.evil.example", "http://127.1", "http://0177.0.0.1", "http://127.0.0.256",
                          "http://[::2]", "http://[::ffff:127.0.0.1]", "http://127.0.0.1.", "http://127.0.0"}) {
    EXPECT_FALSE(parse_endpoint(url).ok()) << url;
  }
  EXPECT_TRUE(parse_endpoint("http://127.0.0.1")->loopback);
  EXPECT_FALSE(parse_endpoint("https://10.0.0.1")->loopback);
}

TEST(HubEndpoint, PartsAreTakenApart) {
  const Result<HubEndpoint> endpoint = parse_endpoint("https://[2001:DB8::1]:8443/");
  ASSERT_TRUE(endpoint.ok());
  EXPECT_EQ(endpoint->url, "https://[2001:db8::1]:8443");
  EXPECT_EQ(endpoint->host, "[2001:db8::1]");
  EXPECT_EQ(endpoint->port, "8443");
  EXPECT_TRUE(endpoint->encrypted);
}

TEST(HubEndpoint, PasswordInItIsNotRepeated) {
  EXPECT_THAT(parse_endpoint("https://ann:sesame@huggingface.co").error().message, Not(HasSubstr("sesame")));
  EXPECT_THAT(choose_endpoint(std::nullopt, "https://ann:sesame@mirror.example").error().message, Not(HasSubstr("sesame")));
}

TEST(HubEndpoint, VariableNeverChoosesTheHost) {
  for (const char* variable : {"", "https://huggingface.co", "https://huggingface.co/", "https://hf.co"}) {
    const Result<HubEndpoint> endpoint = choose_endpoint(std::nullopt, variable);
    ASSERT_TRUE(endpoint.ok()) << variable;
    EXPECT_EQ(endpoint->url, "https://huggingface.co") << variable;
  }
  for (const char* variable : {"https://hf-mirror.example", "http://huggingface.co", "https://huggingface.co:444", "nonsense",
                               "https://huggingface.co.evil.example", "http://127.0.0.1:8080"}) {
    const Result<HubEndpoint> endpoint = choose_endpoint(std::nullopt, variable);
    ASSERT_FALSE(endpoint.ok()) << variable;
    EXPECT_THAT(endpoint.error().message, HasSubstr("--endpoint")) << variable;
  }
}

TEST(HubEndpoint, WhatWasTypedWinsOverTheVariable) {
  EXPECT_EQ(choose_endpoint("https://huggingface.co", "https://hf-mirror.example")->host, "huggingface.co");
  EXPECT_EQ(choose_endpoint("https://hub.example.org", "https://hf-mirror.example")->host, "hub.example.org");
  EXPECT_FALSE(choose_endpoint("http://hub.example.org", "").ok());
}

}  // namespace
}  // namespace hfscan

#include "remedy/hub_http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hfscan {
namespace {

TEST(HubHttp, StatusAndBodyOfAnAnswer) {
  const HubAnswer answer = read_http_answer("HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\n\r\nInvalid user token.");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.body, "Invalid user token.");
  EXPECT_EQ(read_http_answer("HTTP/2 202 \r\n\r\n").status, 202);
  EXPECT_EQ(read_http_answer("HTTP/2 202\r\n\r\n").status, 202);
}

TEST(HubHttp, InterimAnswersArePassedOver) {
  const HubAnswer answer =
      read_http_answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "body");
}

TEST(HubHttp, BodyThatLooksLikeAnAnswerIsABody) {
  const HubAnswer answer = read_http_answer("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 401 Unauthorized\r\n\r\n");
  EXPECT_EQ(answer.status, 200);
}

TEST(HubHttp, WhatIsNoAnswerHasNoStatusAndSaysSo) {
  for (const char* bytes : {"", "401", "HTTP/1.1 401 Unauthorized", "HTTP/1.1 401 Unauthorized\r\nA: b\r\n",
                            "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 4011 x\r\n\r\n", "HTTP/1.1 40\r\n\r\n", "HTTP/1.1 +41 x\r\n\r\n",
                            "HTTP/1.1 099 x\r\n\r\n", "HTTX/1.1 401 x\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n",
                            "\r\n\r\nHTTP/1.1 401 x\r\n\r\n", "HTTP/1.1                 401 x\r\n\r\n"}) {
    const HubAnswer answer = read_http_answer(bytes);
    EXPECT_EQ(answer.status, 0) << bytes;
    EXPECT_NE(answer.trouble, "") << bytes;
  }
}

TEST(HubHttp, SaysHowLongToWait) {
  const auto wait_of = [](const std::string& headers) {
    return read_http_answer("HTTP/1.1 429 Too Many Requests\r\n" + headers + "\r\n").wait;
  };
  using std::chrono::seconds;
  EXPECT_EQ(wait_of("Retry-After: 7\r\n"), seconds(7));
  EXPECT_EQ(wait_of("RateLimit: \"api\";r=0;t=55\r\n"), seconds(55));
  EXPECT_EQ(wait_of("ratelimit: \"api\";r=0;t=55\r\nRETRY-AFTER: 7\r\n"), seconds(7));
  EXPECT_EQ(wait_of("Retry-After: 7\r\nratelimit: \"api\";r=0;t=55\r\n"), seconds(7));
  EXPECT_EQ(wait_of("Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n"), std::nullopt);
  EXPECT_EQ(wait_of("Retry-After: -5\r\n"), std::nullopt);
  EXPECT_EQ(wait_of("Retry-After: 99999999999999999999\r\n"), std::nullopt);
  EXPECT_EQ(wait_of("Retry-After: 999999999\r\n"), seconds(3600));
  EXPECT_EQ(wait_of(""), std::nullopt);
}

TEST(HubHttp, TakesTheServersMessage) {
  EXPECT_EQ(read_http_answer("HTTP/1.1 401 x\nX-Error-Message: Invalid credentials\n\n").error_message, "Invalid credentials");
}

}  // namespace
}  // namespace hfscan

// The Hub as a list of answers, and time that only passes when somebody sleeps.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "remedy/hub.h"

namespace hfscan::test {

inline HubAnswer answer(int status, std::string body = "") { return {.status = status, .body = std::move(body)}; }

inline HubAnswer alive() {
  return answer(200, R"({"type":"user","id":"1","name":"ann","orgs":[{},{}],"auth":{"type":"access_token",)"
                     R"("accessToken":{"displayName":"ci","role":"write","createdAt":"2024-01-01T00:00:00.000Z"}}})");
}

class ScriptedHub {
 public:
  struct Request {
    std::string path;
    std::string bearer;
    std::string json;
    std::chrono::milliseconds at;
  };

  // Answers to whoami, in order; the last one stays.
  std::deque<HubAnswer> whoami = {answer(401)};
  std::deque<HubAnswer> revoke = {answer(202)};
  std::vector<Request> requests;
  std::vector<std::chrono::milliseconds> sleeps;
  std::chrono::milliseconds now{0};

  HubClient client(HubPatience patience = {}) {
    const HubTransport transport = [this](const HubCall& call) {
      requests.push_back({std::string(call.path), std::string(call.bearer), std::string(call.json), now});
      return next(call.json.empty() ? whoami : revoke);
    };
    return HubClient(transport, clock(), patience);
  }

  [[nodiscard]] std::size_t asked(std::string_view path) const {
    std::size_t count = 0;
    for (const Request& request : requests) count += request.path == path ? 1U : 0U;
    return count;
  }

 private:
  HubClock clock() {
    return {[this] { return 1'700'000'000 + now.count() / 1000; }, [this] { return now; },
            [this](std::chrono::milliseconds pause) {
              sleeps.push_back(pause);
              now += pause;
            }};
  }

  static HubAnswer next(std::deque<HubAnswer>& answers) {
    HubAnswer result = answers.front();
    if (answers.size() > 1) answers.pop_front();
    return result;
  }
};

}  // namespace hfscan::test

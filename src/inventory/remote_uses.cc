// Tested by tests/unit/inventory/remote_uses_test.cc, with programs that stand in for gh and hf.
#include "inventory/remote_uses.h"

#include <algorithm>
#include <chrono>

#include "base/json.h"
#include "base/shell_word.h"
#include "base/text.h"
#include "base/time.h"
#include "inventory/file_parts.h"
#include "inventory/recipes.h"
#include "process/child.h"

namespace hfscan {
namespace {

constexpr std::chrono::seconds kPatience{30};
constexpr std::uint64_t kMostOutput = std::uint64_t{1} << 20U;
constexpr std::size_t kMostEntries = 1000;

// A name as the services allow it, so that it can be nothing else to the program that is asked.
bool is_plain_name(std::string_view name) {
  const auto plain = [](char c) { return is_alnum_ascii(c) || std::string_view("_-./ ").find(c) != std::string_view::npos; };
  return !name.empty() && name.size() <= 255 && !name.starts_with('-') && std::all_of(name.begin(), name.end(), plain);
}

std::string text_of(const Json& entry, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto found = entry.find(name);
    if (found != entry.end() && found->is_string()) return found->get<std::string>();
  }
  return "";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += cat(text.empty() ? "" : " ", shell_word(word, "NAME"));
  return safe_text(text);
}

class Questions {
 public:
  explicit Questions(const RemoteRequest& request) : request_(request) {}

  RemoteUses run() {
    ask_github();
    ask_hub();
    std::sort(uses_.places.begin(), uses_.places.end(), place_order);
    return std::move(uses_);
  }

 private:
  struct Question {
    std::vector<std::string> argv;
    std::string kind;
    std::string scope = {};
  };

  void ask_github() {
    if (request_.github.empty()) {
      if (!request_.environments.empty())
        diagnose("gh secret list", "no remote of this repository is on GitHub; run it yourself with --repo OWNER/NAME");
      return;
    }
    std::vector<std::string> list = {"gh", "secret", "list", "--repo", request_.github, "--json", "name,updatedAt"};
    if (!ask({list, "github-actions-secret"})) return;
    for (const std::string& environment : limited(request_.environments, "gh secret list --env")) {
      std::vector<std::string> of_environment = list;
      of_environment.insert(of_environment.end(), {"--env", environment});
      if (!ask({of_environment, "github-actions-secret", environment})) return;
    }
    if (request_.organisation.empty()) return;
    for (const std::string& name : limited({request_.organisation}, "gh secret list --org")) {
      std::vector<std::string> of_organisation = {"gh", "secret", "list", "--org", name, "--json", "name,updatedAt"};
      ask({std::move(of_organisation), "github-actions-secret", cat("organisation ", name)});
    }
  }

  void ask_hub() {
    for (const std::string& space : limited(request_.spaces, "hf spaces secrets ls")) {
      if (!ask({{"hf", "spaces", "secrets", "ls", space, "--format", "json"}, "hf-space-secret", space})) return;
    }
    ask({{"hf", "jobs", "scheduled", "ps", "-a", "--format", "json"}, "hf-scheduled-job"});
  }

  std::vector<std::string> limited(const std::set<std::string>& names, std::string_view command) {
    std::vector<std::string> asked;
    for (const std::string& name : names) {
      if (asked.size() == kMostRemoteQuestions) {
        diagnose(command, cat("asked for the first ", std::to_string(kMostRemoteQuestions), " of ",
                              std::to_string(names.size()), "; ask for the others yourself"));
        break;
      }
      if (is_plain_name(name))
        asked.push_back(name);
      else
        diagnose(command, cat("not asked about ", hfscan::quoted(safe_text(name)), ": no such name is allowed there"));
    }
    return asked;
  }

  // Whether it makes sense to ask the same program again.
  bool ask(const Question& question) {
    ChildRequest child;
    child.argv = question.argv;
    child.folder = "/";
    child.keep = {"GH_TOKEN", "GITHUB_TOKEN", "GH_HOST", "GH_CONFIG_DIR", "HF_HOME", "HF_TOKEN_PATH"};
    child.environment = {{"GH_PROMPT_DISABLED", "1"}, {"NO_COLOR", "1"}};
    child.most_output = kMostOutput;
    child.timeout = kPatience;
    const Result<ChildResult> answer = run_child(child);
    const std::string command = joined(question.argv);
    if (!answer.ok()) {
      diagnose(command, cat(safe_text(answer.error().message), "; install it, or run the command where it is"));
      return false;
    }
    if (!answer->ok()) {
      diagnose(command, failure_of(*answer, question.argv.front()));
      return !answer->timed_out;
    }
    read_answer(question, *answer, command);
    return true;
  }

  static std::string failure_of(const ChildResult& answer, const std::string& program) {
    if (answer.timed_out) return cat("no answer within ", std::to_string(kPatience.count()), " seconds; run it yourself");
    const std::string words = last_words(answer);
    return cat("failed with exit code ", std::to_string(answer.exit_code), words.empty() ? "" : ": ", words, "; log in with '",
               program, " auth login' and run it yourself");
  }

  void read_answer(const Question& question, const ChildResult& answer, const std::string& command) {
    const Result<Json> list = answer.cut ? Error{"too long"} : parse_json(answer.out, "the answer");
    if (!list.ok() || !list->is_array())
      return diagnose(command, "the answer is no JSON list; update the program, or run it yourself");
    std::size_t count = 0;
    for (const Json& entry : *list) {
      if (++count > kMostEntries) return diagnose(command, "the answer has more than 1,000 entries: the others are not listed");
      if (entry.is_object()) add(question, entry);
    }
  }

  void add(const Question& question, const Json& entry) {
    const bool job = question.kind == "hf-scheduled-job";
    UsePlace place;
    place.where = Where::remote;
    place.kind = question.kind;
    place.name = job ? text_of(entry, {"id"}) : text_of(entry, {"name", "key"});
    place.scope = question.scope;
    if (place.name.empty() || (!job && !request_.names.contains(place.name) && !names_token(place.name))) return;
    const std::optional<std::int64_t> instant =
        instant_from(text_of(entry, {"updatedAt", "updated_at", "createdAt", "created_at"}));
    if (instant) place.updated_at = instant_text(*instant);
    uses_.places.push_back(settled(std::move(place)));
  }

  void diagnose(std::string_view command, std::string message) {
    uses_.diagnostics.push_back({std::string(command), std::move(message)});
  }

  const RemoteRequest& request_;
  RemoteUses uses_;
};

}  // namespace

RemoteUses find_remote_uses(const RemoteRequest& request) { return Questions(request).run(); }

}  // namespace hfscan

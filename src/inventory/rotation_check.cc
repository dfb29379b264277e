// Tested by tests/unit/inventory/rotation_check_test.cc.
#include "inventory/rotation_check.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "inventory/recipes.h"

namespace hfscan {
namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;

std::string days_text(int days) { return count_of(static_cast<std::uint64_t>(days), "day", "days"); }

bool keeps_token(const UsePlace& place) {
  const Recipe* recipe = recipe_for(place.kind);
  return recipe != nullptr && recipe->value != ValueIs::nowhere;
}

bool is_pipeline(const UsePlace& place) {
  return is_one_of(place.kind,
                   {"github-actions-secret", "github-actions-variable", "gitlab-variable", "circleci-variable", "ci-variable"});
}

class PlaceCheck {
 public:
  PlaceCheck(const RotationPolicy& policy, std::int64_t now, std::vector<RotationIssue>& issues)
      : policy_(policy), now_(now), issues_(issues) {}

  void run(std::size_t number, const UsePlace& place, const FactsByToken& facts) {
    number_ = number;
    bool known = false;
    for (const std::string& id : place.secret_ids) {
      const auto of_token = facts.find(id);
      if (of_token == facts.end()) continue;
      known = true;
      check_token(place, id, of_token->second);
    }
    if (!known && keeps_token(place)) check_age(place, std::nullopt, instant_from(place.updated_at), "its value was set");
    if (is_pipeline(place) && policy_.preference(place.role_place) == Preference::trusted_publisher)
      add(RotationProblem::prefers_trusted_publisher,
          cat("a Trusted Publisher needs no stored token ('", place.role_place,
              "' prefers one): ", "https://huggingface.co/docs/hub/trusted-publishers"));
  }

 private:
  void check_token(const UsePlace& place, const std::string& id, const TokenFacts& facts) {
    const std::optional<TokenRole> role = token_role_from(facts.role);
    if (!role) return;  // it ends by itself
    if (!policy_.allows(*role, place.role_place))
      add(RotationProblem::role_too_wide,
          cat("token ", id, " has the role ", to_string(*role), ", which '", place.role_place, "' does not allow"));
    const std::optional<std::int64_t> created = instant_from(facts.created_at);
    // Whether a token that was refreshed keeps its first date is not known, so the store may know better.
    if (created) return check_age(place, role, created, cat("token ", id, " was made"));
    check_age(place, role, instant_from(place.updated_at), "its value was set");
  }

  void check_age(const UsePlace& place, std::optional<TokenRole> role, std::optional<std::int64_t> since,
                 std::string_view what) {
    if (!since) return;
    const int most = policy_.most_days(role, place.role_place);
    const auto age = static_cast<int>(std::max<std::int64_t>(0, now_ - *since) / kDay);
    if (age + policy_.warn_before <= most) return;
    const bool over = age > most;
    add(over ? RotationProblem::overdue : RotationProblem::due,
        cat(what, " ", days_text(age), " ago; ", std::to_string(most), " is the most",
            over ? "" : cat(", in ", days_text(most - age))));
    issues_.back().age_days = age;
    issues_.back().most_days = most;
  }

  void add(RotationProblem problem, std::string message) { issues_.push_back({number_, problem, 0, 0, std::move(message)}); }

  const RotationPolicy& policy_;
  std::int64_t now_;
  std::vector<RotationIssue>& issues_;
  std::size_t number_ = 0;
};

}  // namespace

const char* to_string(RotationProblem problem) {
  switch (problem) {
    case RotationProblem::overdue: return "overdue";
    case RotationProblem::due: return "due";
    case RotationProblem::role_too_wide: return "role-too-wide";
    case RotationProblem::prefers_trusted_publisher: return "prefers-trusted-publisher";
  }
  return "";
}

std::vector<RotationIssue> check_rotation(const RotationPolicy& policy, std::span<const UsePlace> places,
                                          const FactsByToken& facts, std::int64_t now) {
  std::vector<RotationIssue> issues;
  PlaceCheck check(policy, now, issues);
  for (std::size_t i = 0; i < places.size(); ++i) check.run(i, places[i], facts);
  return issues;
}

}  // namespace hfscan

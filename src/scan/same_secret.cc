#include "scan/same_secret.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

std::string identity(const Finding& finding) {
  if (finding.secret && finding.secret->id) return to_hex(*finding.secret->id);
  return cat(finding.rule->id, " ", finding.hit_text);
}

std::int64_t precedence(const Rule& rule) {
  const auto* match = std::get_if<CredentialMatch>(&rule.match);
  return match == nullptr ? 0 : match->precedence;
}

bool member_is_told(const Finding& archive, const Finding& member, Prefer prefer) {
  const auto weight = [](const Finding& finding) {
    return std::pair(finding.disposition == Disposition::active, precedence(*finding.rule));
  };
  const auto of_archive = weight(archive);
  const auto of_member = weight(member);
  return of_archive == of_member ? prefer == Prefer::member : of_member > of_archive;
}

// Takes the marked elements out.
template <typename T>
void erase_marked(std::vector<T>& list, const std::vector<bool>& marked) {
  std::size_t i = 0;
  std::erase_if(list, [&](const T&) { return marked[i++]; });
}

}  // namespace

void drop_doubles(std::vector<Finding>& archive, std::vector<MemberFinding>& members, Prefer prefer) {
  if (archive.empty() || members.empty()) return;
  std::multimap<std::string, std::size_t> left;  // of equal ones the first comes first
  for (std::size_t i = 0; i < archive.size(); ++i) left.emplace(identity(archive[i]), i);
  std::vector<bool> drop_archive(archive.size());
  std::vector<bool> drop_member(members.size());
  for (const bool stored : {true, false}) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::string wanted = identity(members[i].finding);
      const auto partner = left.lower_bound(wanted);
      if (members[i].stored != stored || partner == left.end() || partner->first != wanted) continue;
      const bool told = member_is_told(archive[partner->second], members[i].finding, stored ? prefer : Prefer::member);
      if (told)
        drop_archive[partner->second] = true;
      else
        drop_member[i] = true;
      left.erase(partner);
    }
  }
  erase_marked(archive, drop_archive);
  erase_marked(members, drop_member);
}

}  // namespace hfscan

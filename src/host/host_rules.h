// The rules about this host at work: each place of an inventory is shown to the matchers that know its kind.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "core/rotation.h"
#include "detect/hit_finder.h"
#include "host/places.h"
#include "host/token_finder.h"
#include "hygiene/file_finder.h"

namespace hfscan {

// Whether a matcher of this name looks at places of the host; it may also look at files of a repository.
[[nodiscard]] bool is_host_matcher(std::string_view matcher);

class HostRules : public HitFinder {
 public:
  // `active` are the rules of the run, `all` those that know credentials. Everything but the policy must outlive the object.
  HostRules(const HostInventory& inventory, std::span<const Rule* const> active, std::span<const Rule* const> all,
            RotationPolicy policy = {});

  void find(std::string_view text, std::string_view path, FileHits& found) const override;

 private:
  std::map<std::string_view, const HostPlace*> places_;
  std::vector<const Rule*> rules_;
  TokenFinder tokens_;
  std::set<Sha256Digest> named_read_;
  RotationPolicy policy_;
  FileFinder file_rules_;  // rules that also look at files of a repository
};

}  // namespace hfscan

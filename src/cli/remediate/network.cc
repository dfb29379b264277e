#include "cli/remediate/network.h"

#include "base/text.h"

namespace hfscan {

bool is_local(std::string_view address) { return address.starts_with('/') || address.starts_with("file://"); }

bool may_ask_remote(const IncidentWork& work) {
  return work.flags().net || !work.incident().is_pushed() || is_local(work.incident().remote_url);
}

Status allow_remote(const IncidentWork& work) {
  if (may_ask_remote(work)) return {};
  return Error{cat("this asks ", hfscan::quoted(work.incident().remote_url), " over the network: allow it with --net")};
}

}  // namespace hfscan

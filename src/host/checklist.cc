#include "host/checklist.h"

#include <array>
#include <string_view>

#include "base/text.h"

namespace hfscan {

std::string host_checklist() {
  static constexpr std::array<std::string_view, 8> kItems = {
      "two-factor authentication is on, and its recovery codes are not on this machine: huggingface.co/settings/authentication",
      "every token in huggingface.co/settings/tokens is one that you know and still use",
      "each token has the smallest role: fine-grained or read; write only where something is uploaded",
      "no token for automation is older than your rotation period; see when each was made and last used",
      "members and roles of your organisations are those of today; who left is gone",
      "resource groups and approval of tokens are on, where your organisation has them",
      "the audit log of your organisation shows no use that nobody can explain",
      "SSH keys and connected applications in the settings are yours"};
  std::string text = "\nNot to be seen from here; please check yourself:\n";
  for (const std::string_view item : kItems) text += cat("  [ ] ", item, "\n");
  return text;
}

std::string places_text(const HostInventory& inventory) {
  std::string text = "\nPlaces that were looked at:\n";
  for (const LookedAt& place : inventory.looked_at) {
    text += cat(place.found == 0 ? "  absent  " : "  found   ", escape_for_display(place.shown));
    if (place.found > 1) text += cat(" (", with_thousands(place.found), ")");
    text += "\n";
  }
  return text;
}

}  // namespace hfscan

#include "hygiene/matchers/hub.h"

#include <array>

#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> hub_matchers() {
  static constexpr std::array<FileMatcher, 5> kMatchers = {{{"space-variable", space_variable},
                                                            {"static-space-token", static_space_token},
                                                            {"client-bundle-token", client_bundle_token},
                                                            {"endpoint-token-in-env", endpoint_token_in_env},
                                                            {"sandbox-token", sandbox_token}}};
  return kMatchers;
}

}  // namespace hfscan

// Matchers of the rules about Spaces, Endpoints and sandboxes, by the file that holds them.
#pragma once

#include "hygiene/matcher.h"

namespace hfscan {

void space_variable(const FileCheck& check);         // hub_spaces.cc
void static_space_token(const FileCheck& check);     // hub_browser.cc
void client_bundle_token(const FileCheck& check);    // hub_browser.cc
void endpoint_token_in_env(const FileCheck& check);  // hub_endpoints.cc
void sandbox_token(const FileCheck& check);          // hub_endpoints.cc

}  // namespace hfscan

// Refs as files: HEAD, loose refs and packed-refs (gitrepository-layout(5)), read one by one so that one that is broken never
// hides the others.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "git/layout.h"
#include "git/object_id.h"

namespace hfscan {

// What HEAD points to; nothing on an unborn branch.
Result<std::optional<ObjectId>> resolve_head(const RepositoryLayout& layout);

// A full ref name ("refs/heads/main", "HEAD"); symbolic refs are followed. Nothing when there is no such ref.
Result<std::optional<ObjectId>> resolve_ref(const RepositoryLayout& layout, const std::string& name);

// Calls `use` for every ref whose name begins with `prefix` (ending in '/'), in no order. A loose ref hides the packed one of
// the same name. Refs that cannot be read are passed to `broken` by name.
struct RefVisitor {
  std::function<void(const std::string& name, const ObjectId& id)> use;
  std::function<void(const std::string& name)> broken;
};
Status for_each_ref(const RepositoryLayout& layout, const std::string& prefix, const RefVisitor& visitor);

}  // namespace hfscan

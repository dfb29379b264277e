// The id of an object by its content (git's hash of "blob 5\0hello"). Only a pack without an index needs it: elsewhere objects
// are known by the name under which they are stored.
#pragma once

#include <string_view>

#include "git/loose_object.h"
#include "git/object_id.h"

namespace hfscan {

ObjectId hash_object(ObjectType type, std::string_view bytes, ObjectFormat format);

}  // namespace hfscan

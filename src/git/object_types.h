// Which types of objects somebody wants to see.
#pragma once

#include <initializer_list>

#include "git/loose_object.h"

namespace hfscan {

class ObjectTypes {
 public:
  constexpr ObjectTypes(std::initializer_list<ObjectType> types) {
    for (const ObjectType type : types) bits_ |= bit(type);
  }
  static constexpr ObjectTypes all() { return {ObjectType::commit, ObjectType::tree, ObjectType::blob, ObjectType::tag}; }

  [[nodiscard]] constexpr bool has(ObjectType type) const { return (bits_ & bit(type)) != 0; }

 private:
  static constexpr unsigned bit(ObjectType type) { return 1U << static_cast<unsigned>(type); }

  unsigned bits_ = 0;
};

}  // namespace hfscan

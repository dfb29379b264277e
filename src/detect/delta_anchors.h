// The anchors of an object that was made of another one, without searching again what it took over from there. Gives what
// find_anchors gives, in the same order. Separate from it because only objects of a pack have a base.
//
// What is carried from base to object is not anchors, whose checks look far to both sides, but the places where a core of a
// literal stands (anchor_cores.h). Three bytes decide about a core: those in a copied run are where they were in the base, and
// only the new bytes and the two before each of them are searched. Every core is then checked in the object itself.
#pragma once

#include <vector>

#include "core/delta_object.h"
#include "detect/anchors.h"

namespace hfscan {

// Appends the anchors and fills object.marks. Thread-safe.
void find_delta_anchors(const DeltaObject& object, std::vector<Anchor>& anchors, AnchorKernel kernel = AnchorKernel::best);

}  // namespace hfscan

// Makes libarchive keep the names of members as they are. Separate because it replaces a function of the C library.
#pragma once

namespace hfscan {

// Does nothing: naming it links the replacement in.
void keep_member_names();

}  // namespace hfscan

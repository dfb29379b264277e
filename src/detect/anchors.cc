// Chooses the kernel. Tested by tests/unit/detect/anchors_test.cc and, against a naive search, by tests/differential.
#include "detect/anchors.h"

#include "detect/anchor_cores.h"

namespace hfscan {
namespace {

AnchorKernel best_kernel() {
  static const AnchorKernel kernel = [] {
    for (const AnchorKernel candidate : {AnchorKernel::avx2, AnchorKernel::ssse3, AnchorKernel::neon}) {
      if (has_kernel(candidate)) return candidate;
    }
    return AnchorKernel::scalar;
  }();
  return kernel;
}

class VerifyingSink final : public anchor_detail::CoreSink {
 public:
  VerifyingSink(std::string_view bytes, std::vector<Anchor>& anchors) : bytes_(bytes), anchors_(anchors) {}

  void add(std::size_t position, unsigned buckets) override {
    anchor_detail::verify_cores(bytes_, position, buckets, anchors_);
  }

 private:
  std::string_view bytes_;
  std::vector<Anchor>& anchors_;
};

}  // namespace

bool has_kernel(AnchorKernel kernel) {
  switch (kernel) {
    case AnchorKernel::best:
    case AnchorKernel::scalar: return true;
#if defined(__x86_64__)
    case AnchorKernel::avx2: return __builtin_cpu_supports("avx2") != 0;
    case AnchorKernel::ssse3: return __builtin_cpu_supports("ssse3") != 0;
    case AnchorKernel::neon: return false;
#elif defined(__aarch64__)
    case AnchorKernel::neon: return true;
    case AnchorKernel::avx2:
    case AnchorKernel::ssse3: return false;
#else
    default: return false;
#endif
  }
  return false;
}

void anchor_detail::scan_cores(std::string_view bytes, CoreRange range, CoreSink& sink, AnchorKernel kernel) {
  switch (kernel == AnchorKernel::best ? best_kernel() : kernel) {
#if defined(__x86_64__)
    case AnchorKernel::avx2: scan_avx2(bytes, range, sink); return;
    case AnchorKernel::ssse3: scan_ssse3(bytes, range, sink); return;
#elif defined(__aarch64__)
    case AnchorKernel::neon: scan_neon(bytes, range, sink); return;
#endif
    default: scan_scalar(bytes, range, sink); return;
  }
}

void find_anchors(std::string_view bytes, std::vector<Anchor>& anchors, AnchorKernel kernel) {
  VerifyingSink sink(bytes, anchors);
  anchor_detail::scan_cores(bytes, anchor_detail::every_position(bytes), sink, kernel);
}

}  // namespace hfscan

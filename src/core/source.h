// A source walks one world (working tree, index, stdin, ...) and pushes what it finds; it knows nothing of detection.
#pragma once

#include "base/result.h"
#include "core/blob.h"
#include "core/diagnostic.h"

namespace hfscan {

// Where a source pushes to. The calls come from one thread, the one that runs Source::for_each.
class SourceSink {
 public:
  SourceSink() = default;
  virtual ~SourceSink() = default;
  SourceSink(const SourceSink&) = delete;
  SourceSink& operator=(const SourceSink&) = delete;
  SourceSink(SourceSink&&) = delete;
  SourceSink& operator=(SourceSink&&) = delete;

  virtual void push(Item item) = 0;
  virtual void diagnose(Diagnostic diagnostic) = 0;
  virtual void skip(Skip skip) = 0;
};

class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  Source(Source&&) = delete;
  Source& operator=(Source&&) = delete;

  // Pushes every item once. An Error means that nothing of this source could be scanned; trouble with one item is a Diagnostic.
  virtual Status for_each(SourceSink& sink) = 0;
};

}  // namespace hfscan

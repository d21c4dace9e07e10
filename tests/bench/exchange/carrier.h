#pragma once

#include "base/bytes.h"

#include <functional>
#include <vector>

#include <sys/types.h>

/// What `make bench-exchange` measures: ways to bring a message from a source that keeps it to a
/// destination that keeps it, and the destination's word on it back into the source. All of them do
/// this same work: durable at the source, mutual TLS 1.3, durable at the destination, acknowledged
/// by the application there, the acknowledgement durable at the source.
namespace comity::bench {

constexpr std::size_t payload_bytes = 4096;

class Carrier {
public:
    virtual ~Carrier() = default;
    /// Returns when the source has it on disk. Any thread.
    virtual void send(std::size_t number, Bytes const& payload) = 0;
    /// Told once for each message, when its acknowledgement is on the source's disk.
    void on_acknowledged(std::function<void(std::size_t number)> notice)
    {
        acknowledged_ = std::move(notice);
    }
    /// Those that work beside this one; with all that they started.
    virtual std::vector<pid_t> processes() const { return {}; }

protected:
    void acknowledge(std::size_t number) const { acknowledged_(number); }

private:
    std::function<void(std::size_t)> acknowledged_;
};

} // namespace comity::bench

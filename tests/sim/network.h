#pragma once

#include "sim/node.h"

namespace comity::sim {

/// A message that a State with its own keys made up out of one of its real ones.
struct Forged {
    exchange::Envelope envelope;
    bool must_be_refused = true; ///< A replay is answered with the old receipt.
    bool of_right_order = false; ///< Nothing speaks against it where it comes first.
};

/// Wires between nodes: slow, cut, open in one direction only; bytes that arrive changed.
class Network {
public:
    Network(Plan const& plan, std::mt19937_64& chance)
        : plan_(plan)
        , chance_(chance)
    {
    }

    std::chrono::microseconds latency();
    void plan_partitions(Instant begin, std::chrono::seconds length);
    bool open(Instant now, std::size_t from, std::size_t to) const;
    std::uint64_t partitions() const { return cuts_.size(); }

    void spoil(Bytes& bytes);
    Forged forge(exchange::Envelope old, crypto::Identity const& seal, Instant now);

private:
    struct Cut {
        std::size_t from, to;
        Instant begin, end;
        bool one_way;
    };
    std::size_t below(std::size_t count)
    {
        return std::uniform_int_distribution<std::size_t> { 0, count - 1 }(chance_);
    }

    Plan const& plan_;
    std::mt19937_64& chance_;
    std::vector<Cut> cuts_;
};

} // namespace comity::sim

#pragma once

#include "exchange/audit.h"
#include "message/duty.h"

#include <array>

/// The sweep of one register (Art. 31(4)(b), (e)): every entry whose eraseBy is past has its entry
/// of destruction, in time, once, and of the same message. Metadata alone, in one walk.
namespace comity::exchange {

constexpr std::size_t differences_named_max = 1'000;

struct Swept {
    std::uint64_t entries = 0; ///< Looked at.
    std::uint64_t end = 0; ///< The first that was not there yet.
    std::uint64_t owed = 0; ///< Among them, with a day of destruction.
    std::uint64_t destroyed = 0; ///< Of those owed.
    std::uint64_t wrong = 0;
    std::vector<Difference> differences {}; ///< What is wrong, differences_named_max at most.
};

class Sweep {
public:
    /// `minimum`: what stood before was pruned. `today`: the day that is not over yet.
    Sweep(std::string holder, std::uint64_t minimum, Date today)
        : holder_(std::move(holder))
        , minimum_(minimum)
        , today_(today)
    {
    }
    /// The next entry; its place follows the one before.
    void take(message::Duty const& duty);
    /// `message_of`: which message an entry speaks of.
    using MessageOf = std::function<Result<std::string>(std::uint64_t entry)>;
    Result<Swept> finish(MessageOf const& message_of);

private:
    struct Owed {
        std::uint64_t entry;
        std::array<std::uint8_t, 16> of; ///< Message and commitment, as a hash.
        Date erase_by;
        bool destroyed = false;
    };
    void take_destruction(message::Duty const& duty);
    Owed* find_owed(std::uint64_t entry);
    void say(
        std::uint64_t entry, std::string const& message, Difference::Kind kind, std::string what);

    std::string holder_;
    std::uint64_t minimum_;
    Date today_;
    std::vector<Owed> owed_ {};
    std::size_t found_ = 0; ///< Where the last one was found: destructions come in their order.
    Swept out_ {};
};

/// Of a register that was read.
Swept sweep(Register const& of, Date today);
/// Of this node's own tables, whatever their size: some 32 bytes of memory for an entry that owes.
Result<Swept> sweep_own(store::Transaction& transaction, std::string holder, Date today);

} // namespace comity::exchange

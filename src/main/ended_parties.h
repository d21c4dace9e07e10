#pragma once

#include "main/rooms.h"

/// Art. 31(4)(b): what came from a Party is destroyed at the latest on its last day in the
/// Convention; all that came from others, on our own last day (Art. 42(2)).
namespace comity::main {

class EndedParties {
public:
    /// The rooms outlive it.
    explicit EndedParties(Rooms& rooms)
        : rooms_(rooms)
    {
    }

    /// One Party whose last day has come; on that day and on the next, in case something came late.
    /// Its certificate lies under `certificates` in the node's folder. How many: 1, or 0 where
    /// there is none left. Errors: those of Casework::end_party; of the disk.
    Result<std::size_t> end_one();
    /// None for a Party that stays, and while we stay.
    std::optional<Date> last_day(treaty::PartyCode party) const;

private:
    Result<void> end(std::string const& party, Date last_day);

    Rooms& rooms_;
    std::map<std::string, Date> ended_; ///< On which day last.
};

} // namespace comity::main

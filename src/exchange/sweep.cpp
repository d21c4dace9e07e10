#include "exchange/audit.h"

#include <fmt/format.h>

#include <map>

namespace comity::exchange {
namespace {

using message::Act;
using message::RegisterEntry;

/// A day for the zones: the register writes UTC, the day of destruction is the State's own.
constexpr auto slack = std::chrono::days { 1 };

bool owes_destruction(RegisterEntry const& entry)
{
    return entry.erase_by && (entry.act == Act::sent || entry.act == Act::received);
}

/// Walks a register once: what is owed, what was fulfilled, what does not fit.
class Sweep {
public:
    Sweep(Register const& of, Date today)
        : of_(of)
        , today_(today)
        , holder_(of.state())
    {
    }
    std::vector<Difference> run()
    {
        for (std::uint64_t i = 0; i < of_.entries.size(); ++i)
            if (of_.entries[i].act == Act::destroyed) take_destruction(of_.minimum + i);
        for (std::uint64_t i = 0; i < of_.entries.size(); ++i)
            if (owes_destruction(of_.entries[i])) look_for_destruction(of_.minimum + i);
        return std::move(out_);
    }

private:
    RegisterEntry const& at(std::uint64_t index) const { return of_.entries[index - of_.minimum]; }
    void say(std::uint64_t index, std::string what)
    {
        out_.push_back({ index, holder_, at(index).message, std::move(what) });
    }
    void take_destruction(std::uint64_t index)
    {
        auto const& entry = at(index);
        if (!entry.entry || *entry.entry >= index)
            return say(index, "a destruction that names no entry before it");
        if (*entry.entry < of_.minimum) return; // pruned with what it fulfilled
        auto const& fulfilled = at(*entry.entry);
        bool const same = owes_destruction(fulfilled) && fulfilled.message == entry.message
            && fulfilled.commitment == entry.commitment;
        if (!same)
            return say(
                index, fmt::format("it does not fit entry {}, which it names", *entry.entry));
        if (!destroyed_.emplace(*entry.entry, entry.at).second)
            say(index, fmt::format("entry {} was destroyed before", *entry.entry));
    }
    void look_for_destruction(std::uint64_t index)
    {
        auto const due = *at(index).erase_by;
        auto const found = destroyed_.find(index);
        if (found == destroyed_.end()) {
            if (due < today_)
                say(index,
                    fmt::format("due for destruction by {} (A31(4)(b)-1), and no entry says that "
                                "it was destroyed",
                        to_text(due)));
            return;
        }
        auto const day = std::chrono::floor<std::chrono::days>(found->second);
        if (day > due + slack)
            say(index,
                fmt::format("due for destruction by {} (A31(4)(b)-1), destroyed on {}",
                    to_text(due), to_text(Date { day })));
    }

    Register const& of_;
    Date today_;
    std::string holder_;
    std::map<std::uint64_t, Instant> destroyed_;
    std::vector<Difference> out_;
};

} // namespace

std::vector<Difference> sweep(Register const& of, Date today)
{
    return Sweep { of, today }.run();
}

} // namespace comity::exchange

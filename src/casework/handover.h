#pragma once

#include "casework/casework.h"

/// What somebody still has to do in a case, and the shift: begun, handed over with what changed
/// since, and taken over by name. All of it is read from what was recorded anyway.
namespace comity::casework {

constexpr std::size_t errand_text_bytes_max = 500;
constexpr std::int64_t errands_max = 500; ///< Of a case.
constexpr std::int64_t shift_changes_max = 500; ///< That a shift shows, the newest.
constexpr std::int64_t shift_cases_max = 500;

/// A task in a case, with the officer who has it; with a date it comes back then.
struct Errand {
    std::int64_t place = 0; ///< In its case, from 1.
    std::string case_number;
    std::string account, officer; ///< Who has it.
    std::string by; ///< Who made it.
    Instant made_at;
    std::optional<Instant> due_at {};
    std::optional<Instant> done_at {};
    std::optional<std::string> done_by {};
    std::optional<std::string> text {}; ///< Where its reader may see it and it is still kept.
};
BOOST_DESCRIBE_STRUCT(
    Errand, (), (place, case_number, account, officer, by, made_at, due_at, done_at, done_by, text))

struct NewErrand {
    std::string text;
    std::optional<Instant> due_at {};
};
BOOST_DESCRIBE_STRUCT(NewErrand, (), (text, due_at))

/// One officer's time at the desk.
struct Shift {
    std::int64_t id = 0;
    std::string account, officer;
    Instant begun_at;
    std::optional<Instant> offered_at {}; ///< He is ready to hand over.
    std::optional<std::string> note {}; ///< Without personal data: it stands in no case.
    std::optional<Instant> ended_at {};
    std::optional<std::string> taken_by {}; ///< Who took it over, by name.
};
BOOST_DESCRIBE_STRUCT(
    Shift, (), (id, account, officer, begun_at, offered_at, note, ended_at, taken_by))

/// What a line of a shift says of a case; no content.
struct ShiftCase {
    std::string number, kind, requesting, requested;
    CaseState state {};
    std::optional<Instant> due_at {};
};
BOOST_DESCRIBE_STRUCT(ShiftCase, (), (number, kind, requesting, requested, state, due_at))

struct ShiftChange {
    std::string case_number;
    Instant at;
    std::string act, actor;
    json::Object facts;
};
BOOST_DESCRIBE_STRUCT(ShiftChange, (), (case_number, at, act, actor, facts))

/// An officer's cases as his shift leaves them.
struct ShiftView {
    std::optional<Shift> shift; ///< Nothing while he has none.
    std::vector<ShiftChange> changes; ///< In his cases since it began, the newest first.
    std::vector<ShiftCase> open; ///< His, by time left.
    std::vector<Errand> errands; ///< That he has to do, by date.
    std::vector<Proposal> proposals; ///< In his cases, that wait for a second officer.
    std::vector<ShiftCase> untaken; ///< That nobody has; for who keeps the desk.
    std::vector<Shift> offered; ///< By others, to be taken over.
};
BOOST_DESCRIBE_STRUCT(ShiftView, (), (shift, changes, open, errands, proposals, untaken, offered))

class Handover {
public:
    /// All of them outlive it.
    Handover(store::Store& store, protection::Vault& vault, Casework& casework, Settings settings,
        Clock clock);

    /// The oldest first; nothing for who may not open the case. Error: not_found.
    Result<std::vector<Errand>> errands(std::string_view number, Officer const& officer);
    /// For somebody who stands on the list of the case. A refusal cites A32(1). Errors: not_found;
    /// malformed, `officer`, `text`, `dueAt` for a date that has passed; too_large.
    Result<std::optional<access::Refusal>> add_errand(std::string_view number,
        NewErrand const& fresh, std::string_view account, Officer const& officer);
    /// By whoever stands on the list. Error: conflict where it is done already.
    Result<std::optional<access::Refusal>> finish_errand(
        std::string_view number, std::int64_t place, Officer const& officer);

    Result<ShiftView> shift_of(Officer const& officer);
    /// Error: conflict where he has one.
    Result<Shift> begin_shift(Officer const& officer);
    /// Ready to be taken over. Errors: conflict without a shift; too_large, `note`.
    Result<Shift> offer_shift(std::string_view note, Officer const& officer);
    /// The next officer, by name: he stands on every open case of the shift from now on, its
    /// officer no more, and its errands are his. A refusal cites A31(4)(d). Errors: not_found;
    /// conflict where it is not offered, or his own.
    Result<std::optional<access::Refusal>> take_shift(std::int64_t id, Officer const& officer);

private:
    Result<void> read_texts(std::vector<Errand>& errands, Officer const& officer) const;
    Result<void> hand_over(store::Transaction& transaction, Shift const& shift,
        std::string const& number, Officer const& next);

    store::Store& store_;
    protection::Vault& vault_;
    Casework& casework_;
    Settings settings_;
    Clock clock_;
};

} // namespace comity::casework

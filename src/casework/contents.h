#pragma once

#include "casework/casework_store.h"
#include "casework/draft.h"
#include "message/manifest.h"
#include "protection/vault.h"

/// What was said in a case lies in the vault, each message an item of its own, under the label that
/// came with it. Casework's tables know only that there is one.
namespace comity::casework {

/// Who works at a desk. All of it comes from whoever signed him in.
struct Officer {
    std::string account; ///< For ever: what the log of operations names.
    std::string name; ///< What a timeline names.
    std::uint8_t clearance = 0;
    std::vector<access::Compartment> compartments {};
    bool keeps_desk = false; ///< Action assign_case.
    bool may_break_in = false; ///< Action open_in_emergency.
    bool sees_all = false; ///< Action supervise_cases; or no person, but the node itself.
    bool has_account = true; ///< Only who has one stands on the list of a case.

    /// A name alone is no account: the node itself, or who works at its machine.
    Officer(std::string_view both) // NOLINT(google-explicit-constructor): a name is one
        : account(both)
        , name(both)
        , compartments { access::Compartment::witness_protection, access::Compartment::undercover }
        , keeps_desk(true)
        , sees_all(true)
        , has_account(false)
    {
    }
    Officer(char const* both) // NOLINT(google-explicit-constructor)
        : Officer(std::string_view { both })
    {
    }
    Officer(std::string whose, std::string called, std::uint8_t cleared_to)
        : account(std::move(whose))
        , name(std::move(called))
        , clearance(cleared_to)
    {
    }
};

/// What he wants it for: the purpose of the case where he names none.
struct Wanted {
    std::optional<std::string> purpose {};
    treaty::UseGround ground = treaty::UseGround::purpose_of_supply;
    std::string justification {};
    bool as_evidence = false;
    std::optional<std::string> onward_to {}; ///< A State.
    protection::Operation operation = protection::Operation::consult;
};

/// In a few words what a request is about, for lists.
struct Heading {
    std::string plate, subject, offence;
};
BOOST_DESCRIBE_STRUCT(Heading, (), (plate, subject, offence))

/// What a message says of its content beside it (Art. 31(4)(a), (b), 32, 5(2)).
struct Supplied {
    std::string owner; ///< The State whose data it is.
    std::string purpose;
    std::vector<std::string> provisions {};
    std::optional<Date> erase_by {};
    bool personal_data = true;
    std::uint8_t level = 0;
    std::vector<std::string> handling {};
};
Supplied supplied_by(message::Manifest const& manifest);
/// Content without personal data, by its sender's word, has no last day: this stands for it.
constexpr Date no_last_day { std::chrono::year { 9999 } / 1 / 1 };
/// What stands in a content of ours: its manifest says the same to who may not open it.
std::vector<std::string> handling_codes(json::Object const& content);
/// The rest of the label stands in the content itself: handling, evaluation, who is in it.
protection::Label label_of(Settings const& settings, Supplied const& supplied,
    std::string_view type, json::Object const& content, Instant now);

struct NewContent {
    ContentRow row;
    std::string_view text;
    protection::Label label {};
    Heading heading {};
    std::vector<DecisionRow> decisions {}; ///< That stand with it, and go with it.
};
/// Errors of Vault::put, with the field of a message where its day has come.
Result<void> keep_content(store::Transaction& transaction, protection::Vault& vault,
    NewContent const& content, std::string_view officer);

/// One member of a content, and what it should be: its path as in `vehicles[0].colour`.
using message::CorrectedMember;
/// Art. 31(4)(c): that a content does not say any more what it said.
struct Corrected {
    Instant at;
    std::string by; ///< The State whose word it was.
    std::string notice; ///< Id of the message that said so; empty for our own content.
    std::vector<std::string> paths {};
    std::string before; ///< What it said lies sealed under this id of the vault.
};
BOOST_DESCRIBE_STRUCT(Corrected, (), (at, by, notice, paths, before))

/// A content with what became of wanting to see it.
struct Opened {
    Body body; ///< Its text is empty where the use was refused.
    protection::UseJudgement judgement;
    std::vector<DecisionRow> decisions {};
    Heading heading {};
    std::vector<Corrected> corrected {};
};
/// Every content of a case, the oldest first; each is judged and noted by itself.
Result<std::vector<Opened>> open_contents(store::Transaction& transaction, protection::Vault& vault,
    CaseRow const& row, Officer const& officer, Wanted const& wanted);
/// One of them.
Result<Opened> open_content(store::Transaction& transaction, protection::Vault& vault,
    ContentRow const& content, CaseRow const& row, Officer const& officer, Wanted const& wanted);

/// Puts what is right into a content, and seals away what it said. False where it says so already.
/// Errors: not_found for an item that is gone; malformed, `members[i]`, for a path that is not
/// there, a value that its member cannot have, or one that is not told.
Result<bool> correct_content(store::Transaction& transaction, protection::Vault& vault,
    ContentRow const& row, std::span<CorrectedMember const> members, Corrected correction,
    protection::Actor const& actor);

/// `needs_to_know`: he stands on the list of the case (casework/access_list.h).
protection::Use use_of(
    CaseRow const& row, Officer const& officer, Wanted const& wanted, bool needs_to_know);
/// Empty where the member is no text.
std::string text_at(json::Object const& object, std::string_view member);
Heading heading_of(message::Request const& request);
/// Empty for text that is none.
Heading read_heading(std::optional<std::string> const& text);

} // namespace comity::casework

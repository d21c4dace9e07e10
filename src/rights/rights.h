#pragma once

#include "rights/post.h"
#include "rights/rights_store.h"

/// What Article 31(4) asks of two States about data that passed between them: corrections that
/// reach every receiver and are confirmed, doubts and unlawful use told the other way, and consents
/// to another use. The law judges, casework keeps the cases, the vault the data.
namespace comity::rights {

using casework::CorrectedMember;
using casework::Officer;

/// An officer of the State that sent an item says what is wrong with it.
struct CorrectionDraft {
    std::string item; ///< Id of the message.
    message::CorrectionGround ground {};
    std::vector<CorrectedMember> members {}; ///< None where it was sent unlawfully.
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(CorrectionDraft, (), (item, ground, members, text))

/// An officer of the State that received one has reason to doubt it.
struct DoubtDraft {
    std::string item;
    std::vector<std::string> members {}; ///< Paths.
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DoubtDraft, (), (item, members, reason))

/// He knows that it was used unlawfully.
struct UnlawfulUseDraft {
    std::string item;
    message::Period happened;
    std::string circumstances;
    std::vector<std::string> measures_taken {};
    std::optional<std::uint32_t> persons_affected {};
};
BOOST_DESCRIBE_STRUCT(
    UnlawfulUseDraft, (), (item, happened, circumstances, measures_taken, persons_affected))

enum class Settling : std::uint8_t {
    destroy,
    keep, ///< With the reason that its sender is told.
    take_note, ///< Of a report; of a doubt that is not shared, with the reason why.
};
BOOST_DESCRIBE_ENUM(Settling, destroy, keep, take_note)

struct SettlementDraft {
    Settling act {};
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(SettlementDraft, (), (act, reason))

/// He wants to use an item for what it was not supplied for.
struct ConsentDraft {
    std::string item;
    message::ConsentSubject consent_for {};
    std::string purpose_wanted;
    std::optional<std::string> recipient {}; ///< An authority.
    std::optional<std::string> recipient_state {};
    std::string justification;
    std::optional<Instant> answer_by {};
};
BOOST_DESCRIBE_STRUCT(ConsentDraft, (),
    (item, consent_for, purpose_wanted, recipient, recipient_state, justification, answer_by))

struct ConsentAnswerDraft {
    bool granted = false;
    std::optional<std::vector<std::string>> limits {};
    std::optional<Date> valid_until {};
    std::optional<std::string> withholding_ground {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(
    ConsentAnswerDraft, (), (granted, limits, valid_until, withholding_ground, text))

/// What became of it.
struct Told {
    std::optional<access::Refusal> refused {}; ///< The officer may not.
    std::optional<treaty::Decision> decision {}; ///< Where the law was asked.
    std::vector<std::string> messages {}; ///< Ids; none where the law did not permit.
};

struct NoticeView {
    std::int64_t place = 0;
    bool sent = false;
    std::string kind, party, item, case_number, ground;
    Instant at;
    std::string message;
    NoticeState state {};
    std::optional<Instant> settled_at {};
    std::optional<std::uint64_t> entry {};
    std::string answer, reason;
    std::int64_t chases = 0;
    std::int64_t age = 0; ///< Seconds from the notice to its settlement, or to now.
};
BOOST_DESCRIBE_STRUCT(NoticeView, (),
    (place, sent, kind, party, item, case_number, ground, at, message, state, settled_at, entry,
        answer, reason, chases, age))

NoticeView view_of(NoticeRow const& row, Instant now);

struct ConsentView {
    std::int64_t place = 0;
    bool ours = false;
    std::string party, item, case_number, subject, purpose, recipient_state, message;
    Instant at;
    std::optional<Instant> answer_by {};
    ConsentState state {};
    std::string number, answer;
    std::optional<Date> valid_until {};
    std::optional<Instant> decided_at {};
    std::string ground;
    bool holds = false; ///< Today.
};
BOOST_DESCRIBE_STRUCT(ConsentView, (),
    (place, ours, party, item, case_number, subject, purpose, recipient_state, message, at,
        answer_by, state, number, answer, valid_until, decided_at, ground, holds))

ConsentView view_of(ConsentRow const& row, Date today);

/// A content of a case, without what it says.
struct ItemView {
    std::string item, type, direction;
    std::string party; ///< Where it came from or went to.
    std::string owner;
    Date erase_by;
    std::vector<casework::Corrected> corrected {};
};
BOOST_DESCRIBE_STRUCT(ItemView, (), (item, type, direction, party, owner, erase_by, corrected))

struct CaseProtection {
    std::vector<ItemView> items {};
    std::vector<NoticeView> notices {};
    std::vector<ConsentView> consents {};
    std::optional<access::Refusal> refused {}; ///< Not told as a member.
};
BOOST_DESCRIBE_STRUCT(CaseProtection, (), (items, notices, consents))

class Rights {
public:
    using Rooms = rights::Rooms;
    /// Takes its messages from casework. All of them outlive it.
    Rights(Rooms rooms, Settings settings, Clock clock);

    /// What is known about the data of a case. What a notice speaks of is opened for it, and noted.
    Result<CaseProtection> of_case(std::string_view number, Officer const& officer);

    /// Art. 31(4)(c)-1: corrects our own content and every copy of it that left in the case, and
    /// tells each receiver. Errors: not_found for an item that is not in the case; conflict for one
    /// that we did not send; malformed, `members[i]` (casework/correct_content.h).
    Result<Told> correct(
        std::string_view number, CorrectionDraft const& draft, Officer const& officer);
    /// Art. 31(4)(c)-4, -3: the other way. Errors: conflict for an item that did not come.
    Result<Told> doubt(std::string_view number, DoubtDraft const& draft, Officer const& officer);
    Result<Told> report_unlawful_use(
        std::string_view number, UnlawfulUseDraft const& draft, Officer const& officer);
    /// What the node could not do by itself. Errors: not_found; conflict for what is settled.
    Result<Told> settle(std::string_view number, std::int64_t place, SettlementDraft const& draft,
        Officer const& officer);

    /// Art. 31(4)(a)-2, (i), 5(2), 27(12)(b), 30(2): asks the State that an item came from.
    Result<Told> ask_consent(
        std::string_view number, ConsentDraft const& draft, Officer const& officer);
    Result<Told> answer_consent(std::string_view number, std::int64_t place,
        ConsentAnswerDraft const& draft, Officer const& officer);
    /// From now on.
    Result<Told> withdraw_consent(std::string_view number, std::int64_t place,
        std::string const& reason, Officer const& officer);

    /// Art. 31(4)(g)-2: what came was processed unlawfully, at the word of the person. Its copies
    /// that left are told of, its sender learns why, and it is destroyed. Errors as those of doubt.
    Result<Told> destroy_received(
        std::string_view number, DoubtDraft const& draft, Officer const& officer);

    /// A room beside this one whose messages are commented on too: nothing where the comment is
    /// none of its own. Before anything is received.
    using HearsComment = std::function<Result<std::optional<exchange::Disposition>>(
        store::Transaction&, exchange::Delivered const&)>;
    void on_comment(HearsComment hears) { hears_comment_ = std::move(hears); }

    /// Sends what waits to be sent, confirms what was settled, and asks again for confirmations
    /// that are overdue. How many messages; the first error, after all were tried.
    Result<std::size_t> work();

private:
    using Transaction = store::Transaction;
    struct Item {
        casework::CaseRow row;
        casework::ContentRow content;
        exchange::Stored message;
    };
    Result<Item> item_in(
        Transaction& transaction, std::string_view number, std::string const& id) const;
    struct Copy {
        casework::ContentRow content;
        std::string party;
        std::vector<CorrectedMember> members;
    };
    Result<std::vector<Copy>> copies_of(Transaction& transaction, Item const& item,
        message::CorrectionGround ground, std::span<CorrectedMember const> members);
    Result<void> plan(Transaction& transaction, Item const& item, std::vector<Copy> const& copies,
        message::CorrectionGround ground, casework::Corrected const& correction,
        protection::Actor const& actor);
    Result<std::optional<Letter>> letter_for(
        NoticeRow const& notice, std::optional<std::string> const& text);
    Result<std::vector<std::string>> send_planned(
        std::string_view number, std::optional<std::string> const& text, std::string_view actor);
    Result<std::optional<std::string>> send_one(
        NoticeRow const& notice, std::optional<std::string> const& text, std::string_view actor);
    Result<bool> confirm_one(NoticeRow const& notice);
    Result<bool> see_to(NoticeRow const& notice);
    Result<Told> tell_sender(std::string_view number, NoticeRow notice, json::Object content,
        std::function<void(treaty::Facts&)> const& facts, Officer const& officer);
    Result<treaty::Decision> judge_correction(casework::CaseRow const& row,
        std::string const& party, treaty::DataRole role, message::CorrectionGround ground) const;
    Result<void> answer_doubts(Transaction& transaction, std::string const& item);

    Result<ConsentRow> consent_in(std::string_view number, std::int64_t place);
    Result<std::string> answer_doubt(NoticeRow const& notice, Officer const& officer);
    Result<message::MessageReference> named_to_owner(
        Item const& item, protection::Label const& label);
    Result<Letter> letter_in(ConsentRow const& row, message::Type type, json::Object content);

    using Taken = Result<exchange::Disposition>;
    Taken receive_correction(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_confirmation(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_word(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_comment(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_consent_request(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_consent_answer(Transaction& transaction, exchange::Delivered const& delivered);
    Taken receive_withdrawal(Transaction& transaction, exchange::Delivered const& delivered);
    Result<void> heed(Transaction& transaction, message::Correction const& said, NoticeRow notice);
    Result<void> hear(Transaction& transaction, std::string const& item,
        std::optional<std::uint64_t> entry, Instant at);

    Rooms rooms_;
    Settings settings_;
    Clock clock_;
    Post post_;
    HearsComment hears_comment_
        = [](auto&, auto const&) -> Result<std::optional<exchange::Disposition>> {
        return std::optional<exchange::Disposition> {};
    };
};

} // namespace comity::rights

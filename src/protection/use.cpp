#include "protection/use.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::protection {
namespace {

using message::ConsentSubject;
using treaty::UseGround;

bool has_code(Label const& label, std::string_view code)
{
    return std::ranges::find(label.handling.codes, code) != label.handling.codes.end();
}

std::optional<access::Compartment> compartment_of(Category category)
{
    if (category == Category::covert) return access::Compartment::undercover;
    if (category == Category::protected_person) return access::Compartment::witness_protection;
    return {};
}

/// Goes through the rules and notes what each says.
class Judge {
public:
    Judge(Label const& label, Use const& use, Date today)
        : label_(label)
        , use_(use)
        , today_(today)
    {
    }
    UseJudgement run()
    {
        person();
        date();
        purpose();
        level();
        compartments();
        evidence();
        onward();
        return std::move(out_);
    }

private:
    void object(std::string provision, std::string reason)
    {
        out_.objections.push_back({ std::move(provision), std::move(reason) });
    }
    bool rest_on(std::string_view provision)
    {
        out_.provisions.emplace_back(provision);
        return true;
    }
    template <class Fits> bool consented(ConsentSubject subject, Fits const& fits)
    {
        for (auto const& each : label_.consents) {
            bool const valid = !each.valid_until || today_ <= *each.valid_until;
            if (each.subject != subject || !valid || !fits(each)) continue;
            out_.consents.push_back(each.number);
            return true;
        }
        return false;
    }

    void person()
    {
        if (use_.officer.empty())
            object("A32(1)", "Nobody is named who would open it.");
        else if (!use_.needs_to_know || use_.need.empty())
            object("A32(1)", "The officer is not assigned to a case that needs it.");
        else
            rest_on("A32(1)");
    }
    void date()
    {
        auto const stage = stage_of(label_, today_);
        if (stage == Stage::kept) return;
        auto const day = to_text(erase_by(label_.deadlines));
        auto const* const held = stage == Stage::held ? ", and the hold keeps it closed" : "";
        object("A31(4)(b)-1", fmt::format("Its last day was before {}{}.", day, held));
    }
    bool same_purpose() const
    {
        return use_.ground == UseGround::purpose_of_supply && use_.purpose == label_.purpose;
    }
    bool averts_harm() const
    {
        bool const threat = use_.ground == UseGround::immediate_serious_threat
            || use_.ground == UseGround::serious_crime;
        return threat && !use_.justification.empty();
    }
    void purpose()
    {
        if (same_purpose() || averts_harm()) {
            rest_on("A31(4)(a)-1");
            return;
        }
        auto const for_this = [&](Consent const& each) { return each.purpose == use_.purpose; };
        if (consented(ConsentSubject::other_purpose, for_this)) {
            rest_on("A31(4)(a)-2");
            return;
        }
        if (consented(ConsentSubject::other_offences, for_this)) {
            rest_on("A27(12)(b)");
            return;
        }
        object("A31(4)(a)-2",
            fmt::format("It was supplied for '{}', and {} did not consent to '{}'.", label_.purpose,
                label_.owner, use_.purpose));
        out_.ways = { Way::same_purpose, Way::serious_threat, Way::consent_of_sender };
    }
    void level()
    {
        if (label_.level == 0) return;
        if (use_.clearance < label_.level)
            object("A32(5)",
                fmt::format(
                    "It is of level {}, the officer cleared to {}.", label_.level, use_.clearance));
        else if (!same_purpose())
            object("A32(5)", "Classified information serves only the purpose it came for.");
        else
            rest_on("A32(5)");
    }
    /// Art. 10(1), 16(7): who is named for the compartment, whatever his clearance.
    void compartments()
    {
        for (auto const needed : compartments_of(label_)) {
            auto const refused
                = access::refused({ use_.clearance, use_.compartments }, { 0, { needed } });
            if (refused)
                object(refused->provision, fmt::format("The officer is {}.", refused->what));
            else
                rest_on(needed == access::Compartment::undercover ? "A16(7)" : "A10(1)");
        }
    }
    /// No article speaks of evidence; the caveat of the sender does, and it binds.
    void evidence()
    {
        if (!use_.as_evidence) return;
        bool const closed = !label_.evidence_use || has_code(label_, "H1");
        if (closed && !consented(ConsentSubject::evidence_use, [](auto const&) { return true; }))
            object("A5(2)", fmt::format("{} did not allow it as evidence.", label_.owner));
    }
    void onward()
    {
        if (!use_.onward_to || *use_.onward_to == label_.owner) return;
        bool const closed = !label_.onward_transfer || has_code(label_, "H2");
        auto const to_it
            = [&](Consent const& each) { return each.recipient_state == use_.onward_to; };
        if (!closed || consented(ConsentSubject::information_to_third_state, to_it))
            rest_on("A31(4)(i)");
        else
            object("A31(4)(i)",
                fmt::format(
                    "{} did not consent to its going to {}.", label_.owner, *use_.onward_to));
    }

    Label const& label_;
    Use const& use_;
    Date today_;
    UseJudgement out_;
};

} // namespace

std::vector<access::Compartment> compartments_of(Label const& label)
{
    std::vector<access::Compartment> out;
    for (auto const category : label.categories)
        if (auto const needed = compartment_of(category);
            needed && !std::ranges::count(out, *needed))
            out.push_back(*needed);
    return out;
}

UseJudgement judge_use(Label const& label, Use const& use, Date today)
{
    return Judge { label, use, today }.run();
}

} // namespace comity::protection

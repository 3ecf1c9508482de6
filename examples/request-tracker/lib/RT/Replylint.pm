# Asks `replylint serve` about replies to customers, for the callbacks under Callbacks/Replylint.
#
# A reply that cannot be checked is sent: a linter that is down must keep nobody from answering.
# It is logged and counted, and /Admin/Tools/Replylint.html shows the counts.
package RT::Replylint;

use strict;
use warnings;
use utf8;

use JSON ();
use LWP::UserAgent;

# An agent waits for it.
use constant SECONDS => 2;

my @LEVELS = qw(advice warning error);

# What keeps a reply from being sent, as lines for the agent, and why it could not be checked.
# One of the two is empty, or both are.
sub Check {
    my ($args, $ticket, $user) = @_;
    my $text = $args->{UpdateContent} // '';
    (my $shown = $text) =~ s/<[^>]*>|&nbsp;//g;
    return ([], undef) unless $shown =~ /\S/;
    if ($args->{ReplylintAnyway}) {
        Count('sent_anyway');
        return ([], undef);
    }

    # RT logs every `die` as a fault of its own unless it is told not to.
    local $SIG{__DIE__} = 'DEFAULT';
    my @held = eval {
        HeldBackBy({
            text    => $text,
            format  => ($args->{UpdateContentType} // '') eq 'text/html' ? 'html' : 'text',
            channel => 'email',
            agent   => $user->UserObj->RealName || $user->Name,
            Customer($ticket),
        });
    };
    if (my $why = $@) {
        chomp $why;
        RT->Logger->warning('A reply to ticket ' . $ticket->id . " was sent unchecked: $why");
        Count('unchecked', $why);
        return ([], $why);
    }
    Count(@held ? 'held_back' : 'fine');
    return ([map { Said($_) } @held], undef);
}

# The findings that reach the level of the configuration. Dies when nobody looked at the reply:
# any status but 200 means that, and is never "no findings".
sub HeldBackBy {
    my $record = shift;
    my $level  = RT->Config->Get('ReplylintLevel') || 'warning';
    my ($from) = grep { $LEVELS[$_] eq $level } 0 .. $#LEVELS;
    die "ReplylintLevel is $level, and should be advice, warning or error\n" unless defined $from;

    my $url   = RT->Config->Get('ReplylintURL') || 'http://127.0.0.1:8081';
    my $token = RT->Config->Get('ReplylintToken');
    my $agent = LWP::UserAgent->new(timeout => SECONDS);
    my $answer = $agent->post(
        "$url/v1/check",
        'Content-Type' => 'application/json',
        ($token ? (Authorization => "Bearer $token") : ()),
        Content => JSON->new->utf8->encode($record),
    );
    # LWP makes an answer of its own when it gets none.
    die 'no answer: ' . $answer->message . "\n" if $answer->header('Client-Warning');
    die 'the server answered ' . $answer->status_line . "\n" unless $answer->code == 200;
    my $review = JSON->new->utf8->decode($answer->decoded_content(charset => 'none'));
    my %counts = map { $_ => 1 } @LEVELS[$from .. $#LEVELS];
    return grep { $counts{ $_->{level} } } @{ $review->{findings} };
}

# What the customer wrote since our last answer: some rules wait for a complaint or for thanks.
sub Customer {
    my $ticket = shift;
    my $turns  = $ticket->Transactions;
    $turns->Limit(FIELD => 'Type', OPERATOR => 'IN', VALUE => ['Create', 'Correspond']);
    $turns->OrderBy(FIELD => 'id', ORDER => 'DESC');
    my @words;
    while (my $turn = $turns->Next) {
        last unless $ticket->IsRequestor($turn->Creator);
        unshift @words, $turn->Content(Type => 'text/plain') if $turn->ContentObj;
    }
    return @words ? (customer => join "\n\n", @words) : ();
}

sub Said {
    my $finding = shift;
    my $found   = defined $finding->{matched} ? "“$finding->{matched}”: " : '';
    my $instead = join ' | ', @{ $finding->{prefer} };
    return "$found$finding->{why}" . ($instead ? " Say instead: $instead" : '');
}

# Adds one to an outcome. Nothing is decided by the counts, so that a reply must not fail with them.
sub Count {
    my ($outcome, $why) = @_;
    local $SIG{__DIE__} = 'DEFAULT';
    eval {
        my $counts = Counts();
        $counts->{$outcome}++;
        @$counts{qw(last_reason last_at)} = ($why, scalar localtime) if $why;
        RT->System->SetAttribute(Name => 'ReplylintCounts', Content => $counts);
        1;
    } or RT->Logger->error("A reply was not counted: $@");
}

sub Counts {
    # Other processes count as well.
    RT->System->ClearAttributes;
    my $kept = RT->System->FirstAttribute('ReplylintCounts');
    return { fine => 0, held_back => 0, sent_anyway => 0, unchecked => 0, $kept ? %{ $kept->Content } : () };
}

1;
